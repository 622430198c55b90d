/**
 * A physical unit, as plain data. Made by `unit('mAh/g')`; two units are compatible when their `powers` (and `reference`) agree.
 * A number in this unit is `number * factor + offset` in SI base units.
 */
export interface Unit {
  /** As people write it, normalised: `Å⁻¹` is `1/Å`, `um` is `µm`. `''` for a dimensionless number. */
  readonly symbol: string
  /** Factor to SI base units. */
  readonly factor: number
  /** Offset to SI base units; only °C has one. */
  readonly offset: number
  /** Exponents of m, kg, s, A, K, mol, cd, rad, count. */
  readonly powers: readonly [number, number, number, number, number, number, number, number, number]
  /** For potentials: against what, e.g. `Li/Li+`; potentials against different references do not mix silently. */
  readonly reference?: string | undefined
}
