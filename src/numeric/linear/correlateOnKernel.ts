import { asFloat64 } from '../../core/index.js'
import { KernelMemory } from '../wasm/kernelMemory.js'
import type { Kernels } from '../wasm/kernels.js'
import { mirror } from './mirror.js'

/** Functions of assembly/correlations.ts, for each precision. */
type Standardize = (x: number, length: number, to: number) => -1 | 0 | 1
type Correlate = (packed: number, groups: number, steps: number, first: number, count: number, out: number) => void

interface CorrelationExports {
  readonly standardize32: Standardize
  readonly standardize64: Standardize
  readonly correlate32: Correlate
  readonly correlate64: Correlate
}

/** Series are packed in groups of so many. */
const groupSize = 4
/** Groups whose coefficients with all others are computed at a time: they and their coefficients stay in the second-level cache. */
const groupsAtOnce = 8
/** Bytes of a vector. */
const vector = 16

/**
 * Pearson's correlation coefficients of every row with every other, on the SIMD kernel.
 *
 * @param kernels    The kernels.
 * @param precision  Of the products: sums of at most 2048 products of single precision are single, the sums of these double.
 * @param x          Row-major values, rows x columns, called `data` in errors.
 * @param rows       Rows.
 * @param columns    Columns.
 * @param out        Receives rows x rows, within [-1, 1]; 0 with a constant row.
 * @param onConstant Is told each row that is constant to rounding; may throw.
 * @throws OperandoError `E_NAN` on NaN or infinity.
 */
export function correlateOnKernel(
  kernels: Kernels,
  precision: 'double' | 'single',
  x: Float64Array,
  rows: number,
  columns: number,
  out: Float64Array,
  onConstant: (row: number) => void,
): void {
  const steps = Math.ceil((columns * (precision === 'double' ? 8 : 4)) / vector)
  const groups = Math.ceil(rows / groupSize)
  const groupBytes = groupSize * vector * steps
  const stride = groupSize * groups
  const memory = new KernelMemory()
  const rowPiece = memory.take(8 * columns)
  const packedPiece = memory.take(groupBytes * groups)
  const coefficientsPiece = memory.take(8 * groupsAtOnce * groupSize * stride)
  memory.borrow(kernels)
  const functions = memory.functions<CorrelationExports>('products')
  const standardize = precision === 'double' ? functions.standardize64 : functions.standardize32
  const correlate = precision === 'double' ? functions.correlate64 : functions.correlate32
  const row = memory.float64(rowPiece, columns)
  const rowAt = memory.address(rowPiece)
  const packedAt = memory.address(packedPiece)
  // the last group may lack rows: zeros
  memory.float64(packedPiece + groupBytes * (groups - 1), groupBytes / 8).fill(0)
  for (let i = 0; i < rows; i++) {
    row.set(x.subarray(i * columns, (i + 1) * columns))
    const to = packedAt + groupBytes * Math.floor(i / groupSize) + vector * (i % groupSize)
    const verdict = standardize(rowAt, columns, to)
    // finds the place and throws
    if (verdict === -1) asFloat64(x, 'data')
    if (verdict === 0) onConstant(i)
  }
  const coefficients = memory.float64(coefficientsPiece, groupsAtOnce * groupSize * stride)
  const coefficientsAt = memory.address(coefficientsPiece)
  for (let first = 0; first < groups; first += groupsAtOnce) {
    const count = Math.min(groupsAtOnce, groups - first)
    correlate(packedAt, groups, steps, first, count, coefficientsAt)
    mirror(coefficients, stride, groupSize * first, Math.min(rows, groupSize * (first + count)), out, rows)
  }
}
