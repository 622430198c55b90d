import { checkApart, checkArray, checkLength } from './checks.js'
import { createCore } from './createCore.js'
import { createColumnPass, createRowPass } from './passes2.js'
import { createRealTransform, type RealTransform } from './realTransform.js'

/**
 * A plan for 2-d transforms of one shape: tables and scratch are made once, a call allocates nothing but the `out` you leave away.
 * Row-major, complex values interleaved re, im; signs and scales as {@link createFft} has them (inverse divided by rows x columns).
 * A plan is not re-entrant: one a worker.
 */
export interface Fft2 {
  /** Rows. */
  readonly rows: number
  /** Columns. */
  readonly columns: number
  /**
   * Complex transform.
   * @param data 2 rows columns values.
   * @param out  Receives as many; made if absent; may be `data`.
   */
  forward(data: Float64Array, out?: Float64Array): Float64Array
  /**
   * Complex inverse, divided by rows x columns.
   * @param data 2 rows columns values.
   * @param out  Receives as many; made if absent; may be `data`.
   */
  inverse(data: Float64Array, out?: Float64Array): Float64Array
  /**
   * Transform of a real image: rows x (floor(columns/2) + 1) bins, as numpy's rfft2.
   * @param data rows columns values.
   * @param out  Receives 2 rows (floor(columns/2) + 1) values; made if absent.
   */
  realForward(data: Float64Array, out?: Float64Array): Float64Array
  /**
   * Inverse of {@link Fft2.realForward}, divided by rows x columns.
   * @param spectrum 2 rows (floor(columns/2) + 1) values.
   * @param out      Receives rows columns values; made if absent.
   */
  realInverse(spectrum: Float64Array, out?: Float64Array): Float64Array
}

/**
 * Plans 2-d transforms of an image, any shape.
 *
 * @param rows    Rows, >= 1.
 * @param columns Columns, >= 1.
 * @throws OperandoError `E_RANGE` when a length is no whole number >= 1; the plan's calls throw `E_SHAPE` on a wrong length, `E_ARGUMENT`
 *   on arrays that are not Float64Array or overlap.
 * @example
 * ```ts
 * import { createFft2 } from 'operando/numeric'
 * const fft = createFft2(4, 6)
 * const spectrum = fft.realForward(new Float64Array(24).fill(1))
 * console.log(spectrum[0]) // 24
 * ```
 */
export function createFft2(rows: number, columns: number): Fft2 {
  checkLength(rows, 'rows')
  checkLength(columns, 'columns')
  const size = 2 * rows * columns
  const bins = Math.floor(columns / 2) + 1
  const rowPass = createRowPass(createCore(columns))
  const columnPass = createColumnPass(createCore(rows))
  let real: RealTransform | undefined
  let rowIn = new Float64Array(0)
  let rowOut = new Float64Array(0)
  let work = new Float64Array(0)

  const complex = (data: Float64Array, out: Float64Array, inverse: boolean): Float64Array => {
    checkArray(data, 'data', size, 'Float64Array')
    checkArray(out, 'out', size, 'Float64Array')
    checkApart(data, out)
    rowPass(data, out, rows, inverse)
    columnPass(out, columns, inverse)
    return out
  }
  const realPlan = (): RealTransform => {
    if (real) return real
    rowIn = new Float64Array(2 * bins)
    rowOut = new Float64Array(2 * bins)
    work = new Float64Array(2 * rows * bins)
    real = createRealTransform(columns, createCore)
    return real
  }
  return {
    rows,
    columns,
    forward: (data, out = new Float64Array(size)) => complex(data, out, false),
    inverse: (data, out = new Float64Array(size)) => complex(data, out, true),
    realForward(data, out = new Float64Array(2 * rows * bins)) {
      checkArray(data, 'data', rows * columns, 'Float64Array')
      checkArray(out, 'out', 2 * rows * bins, 'Float64Array')
      checkApart(data, out)
      const plan = realPlan()
      const points = rowIn.subarray(0, columns)
      for (let row = 0; row < rows; row++) {
        for (let i = 0; i < columns; i++) points[i] = data[row * columns + i]!
        plan.forward(points, rowOut)
        for (let i = 0; i < 2 * bins; i++) out[2 * row * bins + i] = rowOut[i]!
      }
      columnPass(out, bins, false)
      return out
    },
    realInverse(spectrum, out = new Float64Array(rows * columns)) {
      checkArray(spectrum, 'spectrum', 2 * rows * bins, 'Float64Array')
      checkArray(out, 'out', rows * columns, 'Float64Array')
      checkApart(spectrum, out)
      const plan = realPlan()
      const points = rowOut.subarray(0, columns)
      work.set(spectrum)
      columnPass(work, bins, true)
      for (let row = 0; row < rows; row++) {
        for (let i = 0; i < 2 * bins; i++) rowIn[i] = work[2 * row * bins + i]!
        plan.inverse(rowIn, points)
        for (let i = 0; i < columns; i++) out[row * columns + i] = points[i]!
      }
      return out
    },
  }
}
