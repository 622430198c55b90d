import { KernelMemory } from '../wasm/kernelMemory.js'
import type { Kernels } from '../wasm/kernels.js'
import type { FftArray } from './core.js'
import { radicesAround, radicesOf } from './factors.js'
import { passTwiddles } from './mixedRadix.js'
import { rootOfUnity } from './roots.js'

type Columns = (
  data: number,
  rows: number,
  columns: number,
  radices: number,
  twiddles: number,
  scratch: number,
  step: number,
  inverse: 0 | 1,
  scale: number,
) => void
type Rows = (
  data: number,
  rows: number,
  columns: number,
  radices: number,
  twiddles: number,
  joint: number,
  scratch: number,
  step: number,
  inverse: 0 | 1,
  scale: number,
) => void

/** The functions of assembly/fft.ts. */
interface FftExports {
  readonly rows64: Rows
  readonly columns64: Columns
  readonly rows32: Rows
  readonly columns32: Columns
}

/** What differs between double and single precision. */
interface Format<A extends FftArray> {
  readonly bytes: 4 | 8
  /** Numbers in a vector: so many points of a row ride side by side. */
  readonly lanes: 2 | 4
  /** Rows must be multiples of this. */
  readonly rowUnit: number
  readonly view: (memory: KernelMemory, address: number, length: number) => A
  readonly rows: 'rows32' | 'rows64'
  readonly columns: 'columns32' | 'columns64'
}

/** Images of doubles. */
export const doubleFormat: Format<Float64Array> = {
  bytes: 8,
  lanes: 2,
  rowUnit: 2,
  view: (memory, address, length) => memory.float64(address, length),
  rows: 'rows64',
  columns: 'columns64',
}

/** Images of single precision. */
export const singleFormat: Format<Float32Array> = {
  bytes: 4,
  lanes: 4,
  rowUnit: 16,
  view: (memory, address, length) => memory.float32(address, length),
  rows: 'rows32',
  columns: 'columns32',
}

const isSmooth = (n: number): boolean => radicesOf(n).every(radix => radix <= 5)

/** Whether the kernel can transform rows of this many columns. */
export function kernelTakesRows<A extends FftArray>(columns: number, { rowUnit, lanes }: Format<A>): boolean {
  return columns % rowUnit === 0 && isSmooth(columns / lanes)
}

/** Whether the kernel can transform columns of this many rows. */
export function kernelTakesColumns(rows: number): boolean {
  return isSmooth(rows)
}

/**
 * How a row's lanes are joined at the end: powers b k of exp(-2 pi i / n) for lane b. Two lanes need only w^k, interleaved; four lanes get
 * a vector of real and one of imaginary parts for each k.
 */
function jointTable(n: number, lanes: 2 | 4): Float64Array {
  const points = n / lanes
  const root = new Float64Array(2)
  const table = new Float64Array(lanes === 2 ? 2 * points : 8 * points)
  for (let k = 0; k < points; k++) {
    if (lanes === 2) rootOfUnity(k, n, table, 2 * k)
    else {
      for (let lane = 0; lane < 4; lane++) {
        rootOfUnity(lane * k, n, root, 0)
        table[8 * k + lane] = root[0]!
        table[8 * k + 4 + lane] = root[1]!
      }
    }
  }
  return table
}

/** Addresses of the tables of one pass. */
interface PassTables {
  readonly radices: number
  readonly twiddles: number
}

/** Reserves the tables of transforms of n points; what it returns fills them once the memory is open. */
function planTables<A extends FftArray>(memory: KernelMemory, n: number, { bytes, view }: Format<A>): () => PassTables {
  const radices = radicesAround(n)
  let length = n
  const parts = radices.map(radix => {
    const part = passTwiddles(length, radix)
    length /= radix
    return part
  })
  const count = parts.reduce((sum, part) => sum + part.length, 0)
  const radicesPiece = memory.take(4 * (radices.length + 1))
  const twiddlesPiece = memory.take(bytes * count)
  return (): PassTables => {
    memory.int32(radicesPiece, radices.length + 1).set([...radices, 0])
    const twiddles = view(memory, twiddlesPiece, count)
    let at = 0
    for (const part of parts) {
      twiddles.set(part, at)
      at += part.length
    }
    return { radices: memory.address(radicesPiece), twiddles: memory.address(twiddlesPiece) }
  }
}

/** Bytes of an interleaved batch of columns in assembly/fft.ts, a row of it. */
const batchBytes = 128
/** Odd in cache lines: so far apart, points with the same number in two arrays do not fall into the same set of the first-level cache. */
const scratchPad = 1088

/** A complex image in kernel memory: see {@link createKernelImage}. */
export interface KernelImage<A extends FftArray> {
  /** The image, interleaved, row-major; transformed in place. */
  readonly buffer: A
  /** Transforms every row, times `scale`. */
  transformRows(inverse: boolean, scale: number): void
  /** Transforms every column, times `scale`. */
  transformColumns(inverse: boolean, scale: number): void
}

/**
 * An image in the memory of a kernel, with the passes that the caller will use; lengths must be such that the kernel takes them.
 *
 * @param kernels The kernels.
 * @param rows    Rows.
 * @param columns Columns.
 * @param format  Precision.
 * @param passes  Which passes to prepare.
 */
export function createKernelImage<A extends FftArray>(
  kernels: Kernels,
  rows: number,
  columns: number,
  format: Format<A>,
  passes: { readonly rows: boolean; readonly columns: boolean },
): KernelImage<A> {
  const { bytes, lanes } = format
  const memory = new KernelMemory()
  const imagePiece = memory.take(2 * rows * columns * bytes)
  const fillRowTables = passes.rows ? planTables(memory, columns / lanes, format) : undefined
  const joint = passes.rows ? jointTable(columns, lanes) : new Float64Array(0)
  const jointPiece = memory.take(bytes * joint.length)
  const fillColumnTables = passes.columns ? planTables(memory, rows, format) : undefined
  // two arrays that a row or a batch of columns goes to and fro between, and a copy of such a batch
  const pointsBytes = Math.max(passes.rows ? 2 * columns * bytes : 0, passes.columns ? batchBytes * rows : 0)
  const step = pointsBytes + scratchPad
  const scratchPiece = memory.take(2 * step + (passes.columns ? batchBytes * rows : 0))
  memory.open(kernels)
  const kernel = memory.functions<FftExports>('fft')
  const rowTables = fillRowTables?.()
  const columnTables = fillColumnTables?.()
  format.view(memory, jointPiece, joint.length).set(joint)
  const rowPass = kernel[format.rows]
  const columnPass = kernel[format.columns]
  const image = memory.address(imagePiece)
  const jointAt = memory.address(jointPiece)
  const scratch = memory.address(scratchPiece)
  return {
    buffer: format.view(memory, imagePiece, 2 * rows * columns),
    transformRows(inverse, scale): void {
      if (rowTables)
        rowPass(image, rows, columns, rowTables.radices, rowTables.twiddles, jointAt, scratch, step, inverse ? 1 : 0, scale)
    },
    transformColumns(inverse, scale): void {
      if (columnTables)
        columnPass(image, rows, columns, columnTables.radices, columnTables.twiddles, scratch, step, inverse ? 1 : 0, scale)
    },
  }
}
