/** One shape parameter of a {@link Profile}. */
export interface ShapeParameter {
  /** Its name in fits and results. */
  readonly name: string
  /** `width` in the unit of x, `fraction` between 0 and 1, or a plain number. */
  readonly kind: 'width' | 'fraction' | 'number'
  /** Least value that means something. */
  readonly min: number
  /** Largest one. */
  readonly max: number
}

/**
 * Where derivatives go: columns of a Jacobian, each a range of one array, so that a kernel adds to column c at `values[c + i]` for point i.
 * A column of -1 is not wanted.
 */
export interface DerivativeColumns {
  /** The array that holds the columns. */
  readonly values: Float64Array
  /** Start of the column d/d area. */
  area: number
  /** Start of the column d/d centre. */
  centre: number
  /** Starts of the columns d/d shape parameter, in their order. */
  readonly shape: Int32Array
  /** d(area of this line) / d(parameter of the area column): 1, or the intensity ratio of a second line of a doublet. */
  areaFactor: number
  /** d(centre of this line) / d(parameter of the centre column): 1, or nearly, for a second line of a doublet. */
  centreFactor: number
}

/**
 * Adds `area` times an area-normalised profile to `out[i]` for from <= i < to, and its derivatives to the columns. Allocates nothing.
 * @param x       Abscissae.
 * @param from    First point.
 * @param to      One past the last.
 * @param area    Area in unit(out) x unit(x).
 * @param centre  Position of the maximum.
 * @param shape   Shape parameters; read from `at` on.
 * @param at      Where they begin in `shape`.
 * @param out     The sum to add to.
 * @param columns Where derivatives go; `null` if they are not wanted.
 */
export type ProfileKernel = (
  x: Float64Array,
  from: number,
  to: number,
  area: number,
  centre: number,
  shape: Float64Array,
  at: number,
  out: Float64Array,
  columns: DerivativeColumns | null,
) => void

/** A peak shape: what fits need to know of it. Its integral is 1; its maximum lies at `centre`. */
export interface Profile {
  /** Its name. */
  readonly name: string
  /** Shape parameters beside area and centre, in the order that the kernel reads them. */
  readonly shape: readonly ShapeParameter[]
  /** The kernel. */
  readonly add: ProfileKernel
  /** Full width at half maximum of given shape parameters. */
  readonly fwhm: (shape: Float64Array) => number
  /** Height at the centre for an area of 1. */
  readonly height: (shape: Float64Array) => number
  /** Shape parameters of a first guess with this full width at half maximum. */
  readonly guess: (fwhm: number) => readonly number[]
  /** How many fwhm from the centre all but 1e-4 of the height is gone. */
  readonly reach: number
}
