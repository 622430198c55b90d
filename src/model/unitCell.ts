/** A crystal's unit cell. Always this type, never six loose numbers. */
export interface UnitCell {
  /** Edges in Å. */
  readonly a: number
  /** Edge b in Å. */
  readonly b: number
  /** Edge c in Å. */
  readonly c: number
  /** Angle between b and c in degrees. */
  readonly alpha: number
  /** Angle between a and c in degrees. */
  readonly beta: number
  /** Angle between a and b in degrees. */
  readonly gamma: number
  /** Standard uncertainties in the same order and units: a, b, c, alpha, beta, gamma. */
  readonly sigma?: readonly [number, number, number, number, number, number] | undefined
}
