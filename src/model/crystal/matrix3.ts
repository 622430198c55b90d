/** Three numbers: a position in fractions of the cell, or a direction. */
export type Vector3 = readonly [number, number, number]

/** Miller indices. */
export type Hkl = readonly [h: number, k: number, l: number]

/** A 3 x 3 matrix, row-major, nine numbers. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number]

/** A symmetric 3 x 3 matrix as its elements 11, 22, 33, 23, 13, 12: the order of a, b, c, alpha, beta, gamma. */
export type Symmetric3 = readonly [number, number, number, number, number, number]

/** Determinant. */
export function determinant3(m: Matrix3): number {
  return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6])
}

/** Inverse; the caller has made sure that the determinant is not 0. */
export function inverse3(m: Matrix3): Matrix3 {
  const f = 1 / determinant3(m)
  return [
    (m[4] * m[8] - m[5] * m[7]) * f,
    (m[2] * m[7] - m[1] * m[8]) * f,
    (m[1] * m[5] - m[2] * m[4]) * f,
    (m[5] * m[6] - m[3] * m[8]) * f,
    (m[0] * m[8] - m[2] * m[6]) * f,
    (m[2] * m[3] - m[0] * m[5]) * f,
    (m[3] * m[7] - m[4] * m[6]) * f,
    (m[1] * m[6] - m[0] * m[7]) * f,
    (m[0] * m[4] - m[1] * m[3]) * f,
  ]
}

/** Product x y. */
export function multiply3(x: Matrix3, y: Matrix3): Matrix3 {
  const e = (i: number, j: number): number => x[3 * i]! * y[j]! + x[3 * i + 1]! * y[3 + j]! + x[3 * i + 2]! * y[6 + j]!
  return [e(0, 0), e(0, 1), e(0, 2), e(1, 0), e(1, 1), e(1, 2), e(2, 0), e(2, 1), e(2, 2)]
}

/** Transpose. */
export function transpose3(m: Matrix3): Matrix3 {
  return [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]]
}

/** Matrix times column. */
export function apply3(m: Matrix3, v: Vector3): Vector3 {
  return [
    m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
    m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
    m[6] * v[0] + m[7] * v[1] + m[8] * v[2],
  ]
}

/** The full matrix of a symmetric one. */
export function fullMatrix([xx, yy, zz, yz, xz, xy]: Symmetric3): Matrix3 {
  return [xx, xy, xz, xy, yy, yz, xz, yz, zz]
}

/** The six elements of a matrix that is symmetric. */
export function symmetricPart(m: Matrix3): Symmetric3 {
  return [m[0], m[4], m[8], m[5], m[2], m[1]]
}

/** Inverse of a symmetric matrix. */
export function inverseSymmetric(s: Symmetric3): Symmetric3 {
  return symmetricPart(inverse3(fullMatrix(s)))
}

/** Transposed m times s times m: a symmetric matrix under a change of basis. */
export function congruence(m: Matrix3, s: Symmetric3): Symmetric3 {
  return symmetricPart(multiply3(transpose3(m), multiply3(fullMatrix(s), m)))
}

/** v s v, the square of a length when s is a metric tensor. */
export function quadraticForm([xx, yy, zz, yz, xz, xy]: Symmetric3, [x, y, z]: Vector3): number {
  return xx * x * x + yy * y * y + zz * z * z + 2 * (yz * y * z + xz * x * z + xy * x * y)
}
