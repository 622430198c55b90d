import type { Geometry } from './createGeometry.js'

/**
 * From places on a frame to places in the laboratory: row and column (pixel i reaches from i to i + 1) to metres on the detector from the PONI, and to metres
 * from the sample. All are linear: origin + row x (row step) + column x (column step).
 */
export interface PixelFrame {
  /** On the detector along axis 1: value at row 0 and column 0, step a row, step a column. */
  readonly p1: readonly [number, number, number]
  /** Along axis 2. */
  readonly p2: readonly [number, number, number]
  /** In the laboratory along axis 1 (up), likewise. */
  readonly t1: readonly [number, number, number]
  /** Along axis 2. */
  readonly t2: readonly [number, number, number]
  /** Along the beam. */
  readonly t3: readonly [number, number, number]
}

/** The frame of a geometry. */
export function pixelFrame(geometry: Geometry): PixelFrame {
  const { dist: L, poni1, poni2, rot1, rot2, rot3, shape, pixel1, pixel2, orientation } = geometry
  const [rows, columns] = shape
  // which of row and column runs along axis 1, and which of both run backwards
  const transposed = orientation > 4
  const backward1 = orientation === 1 || orientation === 2 || orientation === 5 || orientation === 6
  const backward2 = orientation === 1 || orientation === 4 || orientation === 5 || orientation === 8
  const count1 = transposed ? columns : rows
  const count2 = transposed ? rows : columns
  const start1 = (backward1 ? count1 * pixel1 : 0) - poni1
  const start2 = (backward2 ? count2 * pixel2 : 0) - poni2
  const step1 = backward1 ? -pixel1 : pixel1
  const step2 = backward2 ? -pixel2 : pixel2
  const p1 = transposed ? ([start1, 0, step1] as const) : ([start1, step1, 0] as const)
  const p2 = transposed ? ([start2, step2, 0] as const) : ([start2, 0, step2] as const)
  const [c1, s1] = [Math.cos(rot1), Math.sin(rot1)]
  const [c2, s2] = [Math.cos(rot2), Math.sin(rot2)]
  const [c3, s3] = [Math.cos(rot3), Math.sin(rot3)]
  const mixed = (a: number, b: number, c: number): readonly [number, number, number] => [
    a * p1[0] + b * p2[0] + c * L,
    a * p1[1] + b * p2[1],
    a * p1[2] + b * p2[2],
  ]
  return {
    p1,
    p2,
    t1: mixed(c2 * c3, c3 * s1 * s2 - c1 * s3, -(c1 * c3 * s2 + s1 * s3)),
    t2: mixed(c2 * s3, c1 * c3 + s1 * s2 * s3, c3 * s1 - c1 * s2 * s3),
    t3: mixed(s2, -c2 * s1, c1 * c2),
  }
}
