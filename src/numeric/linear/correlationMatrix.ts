import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'
import type { Kernels } from '../wasm/kernels.js'
import { correlateOnKernel } from './correlateOnKernel.js'
import { createGram } from './createGram.js'

/** Options of {@link correlationMatrix}. */
export interface CorrelationMatrixOptions {
  /** SIMD kernels of `loadKernels()`; plain TypeScript if absent. */
  kernels?: Kernels | undefined
  /**
   * Precision of the products with kernels: `'single'` halves the time, coefficients are then good to about 1e-6. Means and lengths are always
   * taken in double precision; without kernels everything is. Default `'double'`.
   */
  precision?: 'double' | 'single' | undefined
  /** What to do with a row of one value, which has no correlation: `'error'` or `'nan'` in its row and column. Default `'error'`. */
  constantRows?: 'error' | 'nan' | undefined
  /** Receives rows x rows coefficients; made if absent. May not share memory with the data. */
  out?: Float64Array | undefined
}

const OPTIONS: FieldsOf<CorrelationMatrixOptions> = { kernels: true, precision: true, constantRows: true, out: true }

/**
 * Pearson's correlation coefficients of every row with every other.
 *
 * @param data    Row-major values, rows x columns: a row is one series.
 * @param rows    Series.
 * @param columns Points of a series, >= 2.
 * @param options Kernels, precision, constant rows, output.
 * @returns Row-major rows x rows, symmetric, within [-1, 1], 1 on the diagonal.
 * @throws OperandoError `E_SHAPE` when the length is not rows x columns, that of `out` not rows x rows, or there are fewer than two columns,
 *   `E_NAN` on NaN or infinity, `E_SINGULAR` for a constant row.
 * @example
 * ```ts
 * import { correlationMatrix } from 'operando/numeric'
 * console.log(correlationMatrix([1, 2, 3, 6, 4, 2], 2, 3)) // 1, -1, -1, 1
 * ```
 */
export function correlationMatrix(
  data: NumbersLike,
  rows: number,
  columns: number,
  options: CorrelationMatrixOptions = {},
): Float64Array {
  assertKnown(options, 'correlationMatrix options', OPTIONS)
  const { kernels, precision = 'double', constantRows = 'error', out: given } = options
  // the kernel finds NaN and infinity on its way
  const x = asFloat64(data, 'data', {
    length: rows * columns,
    allowNaN: kernels !== undefined,
    allowInfinite: kernels !== undefined,
  })
  if (columns < 2) {
    throw new OperandoError('E_SHAPE', `columns: a correlation needs at least 2 points, found ${columns}.`, {
      details: { found: columns },
    })
  }
  const out = outputOf(given, rows * rows)
  const constant: number[] = []
  const onConstant = (row: number): void => {
    if (constantRows === 'error') {
      throw new OperandoError(
        'E_SINGULAR',
        `data: row ${row} is constant and has no correlation. Drop it, or pass { constantRows: 'nan' }.`,
        { details: { row } },
      )
    }
    constant.push(row)
  }
  if (kernels) correlateOnKernel(kernels, precision, x, rows, columns, out, onConstant)
  else correlate(x, rows, columns, out, onConstant)
  for (let row = 0; row < rows; row++) out[row * (rows + 1)] = 1
  for (const row of constant) {
    for (let i = 0; i < rows; i++) {
      out[row * rows + i] = Number.NaN
      out[i * rows + row] = Number.NaN
    }
  }
  return out
}

/** Coefficients of all pairs of rows in plain TypeScript; 0 with a constant row. */
function correlate(x: Float64Array, rows: number, columns: number, out: Float64Array, onConstant: (row: number) => void): void {
  const gram = createGram(columns, rows)
  const standard = new Float64Array(columns)
  for (let row = 0; row < rows; row++) {
    if (!standardize(x, row * columns, standard)) {
      onConstant(row)
      standard.fill(0)
    }
    gram.vectors.set(standard, row * columns)
  }
  gram.compute(out)
  for (let i = 0; i < out.length; i++) {
    const r = out[i]!
    if (r > 1) out[i] = 1
    else if (r < -1) out[i] = -1
  }
}

/** Shifts and scales a row to mean 0 and length 1; false if it is constant, to rounding. */
function standardize(x: Float64Array, at: number, out: Float64Array): boolean {
  const n = out.length
  let sum = 0
  let low = Infinity
  let high = -Infinity
  for (let i = at; i < at + n; i++) {
    const v = x[i]!
    sum += v
    if (v < low) low = v
    if (v > high) high = v
  }
  const mean = sum / n
  let squares = 0
  for (let i = 0; i < n; i++) {
    const d = x[at + i]! - mean
    out[i] = d
    squares += d * d
  }
  if (!(high - low > 4 * Number.EPSILON * Math.max(Math.abs(low), Math.abs(high)))) return false
  const scale = 1 / Math.sqrt(squares)
  for (let i = 0; i < n; i++) out[i]! *= scale
  return true
}
