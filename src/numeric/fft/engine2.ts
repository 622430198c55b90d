import type { Kernels } from '../wasm/index.js'
import type { FftArray } from './core.js'
import { createCore } from './createCore.js'
import { createKernelImage, doubleFormat, kernelTakesColumns, kernelTakesRows, singleFormat } from './kernelImage.js'
import { createLines } from './lines.js'
import { createRealTransform, type RealTransform, tangle, untangle } from './realTransform.js'
import { rootsOfUnity } from './roots.js'

/** Complex transforms of one shape; nothing is checked here. */
export interface ComplexEngine<A extends FftArray = Float64Array> {
  /** Where an image may be put to be transformed without copies. */
  readonly buffer: A | undefined
  /** Transforms `data` to `out` (which may be `data`), divided by the number of points if `inverse`. */
  transform(data: A, out: A, inverse: boolean): void
}

/** The engine in plain TypeScript, any shape. */
export function createPlainEngine(rows: number, columns: number): ComplexEngine {
  const rowLines = createLines(columns)
  const columnLines = rows === columns ? rowLines : createLines(rows)
  return {
    buffer: undefined,
    transform(data, out, inverse): void {
      rowLines(data, out, rows, 2, 2 * columns, inverse)
      columnLines(out, out, columns, 2 * columns, 2, inverse)
    },
  }
}

/** The engine on the SIMD kernels, or undefined for shapes that they do not take. */
export function createKernelEngine<P extends 'double' | 'single'>(
  kernels: Kernels,
  rows: number,
  columns: number,
  precision: P,
): ComplexEngine<P extends 'double' ? Float64Array : Float32Array> | undefined {
  const format = precision === 'double' ? doubleFormat : singleFormat
  if (!kernelTakesColumns(rows) || !kernelTakesRows<FftArray>(columns, format)) return undefined
  const image = createKernelImage<FftArray>(kernels, rows, columns, format, { rows: true, columns: true })
  type A = P extends 'double' ? Float64Array : Float32Array
  const buffer = image.buffer as A
  return {
    buffer,
    transform(data, out, inverse): void {
      if (data !== buffer) buffer.set(data)
      image.transformRows(inverse, 1)
      image.transformColumns(inverse, inverse ? 1 / (rows * columns) : 1)
      if (out !== buffer) out.set(buffer)
    },
  }
}

/** Real transforms in plain TypeScript, any shape. */
export function createPlainReal2(rows: number, columns: number): RealTransform {
  const bins = Math.floor(columns / 2) + 1
  const row = createRealTransform(columns, createCore)
  const columnLines = createLines(rows)
  const points = new Float64Array(columns)
  const spectrum = new Float64Array(2 * bins)
  const work = new Float64Array(2 * rows * bins)
  return {
    forward(data, out): void {
      for (let r = 0; r < rows; r++) {
        for (let i = 0; i < columns; i++) points[i] = data[r * columns + i]!
        row.forward(points, spectrum)
        for (let i = 0; i < 2 * bins; i++) out[2 * r * bins + i] = spectrum[i]!
      }
      columnLines(out, out, bins, 2 * bins, 2, false)
    },
    inverse(data, out): void {
      work.set(data)
      columnLines(work, work, bins, 2 * bins, 2, true)
      for (let r = 0; r < rows; r++) {
        for (let i = 0; i < 2 * bins; i++) spectrum[i] = work[2 * r * bins + i]!
        row.inverse(spectrum, points)
        for (let i = 0; i < columns; i++) out[r * columns + i] = points[i]!
      }
    },
  }
}

/** Real transforms on the SIMD kernels (double precision), or undefined for shapes that they do not take. */
export function createKernelReal2(kernels: Kernels, rows: number, columns: number): RealTransform | undefined {
  const half = columns / 2
  if (!kernelTakesColumns(rows) || columns % 2 !== 0 || !kernelTakesRows(half, doubleFormat)) return undefined
  const bins = half + 1
  const packed = createKernelImage(kernels, rows, half, doubleFormat, { rows: true, columns: false })
  const spectrum = createKernelImage(kernels, rows, bins, doubleFormat, { rows: false, columns: true })
  const roots = rootsOfUnity(columns, half + 1)
  return {
    forward(data, out): void {
      packed.buffer.set(data)
      packed.transformRows(false, 1)
      for (let r = 0; r < rows; r++) untangle(packed.buffer, r * columns, spectrum.buffer, 2 * r * bins, half, roots)
      spectrum.transformColumns(false, 1)
      out.set(spectrum.buffer)
    },
    inverse(data, out): void {
      spectrum.buffer.set(data)
      spectrum.transformColumns(true, 1 / rows)
      for (let r = 0; r < rows; r++) tangle(spectrum.buffer, 2 * r * bins, packed.buffer, r * columns, half, roots)
      packed.transformRows(true, 1 / half)
      out.set(packed.buffer)
    },
  }
}
