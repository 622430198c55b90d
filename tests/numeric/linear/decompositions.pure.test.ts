import { choleskySolve, createRandom, linearLeastSquares, pseudoInverse, qr, solve, svd, symmetricEigen } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/linear/decompositions.json'

const { peer } = reference
/** Row-major product of l x m by m x n. */
function product(a: ArrayLike<number>, b: ArrayLike<number>, l: number, m: number, n: number): Float64Array {
  const out = new Float64Array(l * n)
  for (let i = 0; i < l; i++)
    for (let j = 0; j < n; j++) for (let k = 0; k < m; k++) out[i * n + j]! += a[i * m + k]! * b[k * n + j]!
  return out
}

function transposed(a: ArrayLike<number>, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, i) => a[(i % rows) * columns + Math.floor(i / rows)]!)
}

const identity = (n: number): Float64Array => Float64Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0))

describe('svd agrees with numpy.linalg.svd', () => {
  it.each(reference.svd)('$name', ({ name, rows, columns, a, s, rank, u, v, pinv }) => {
    const kept = Float64Array.from(a)
    const found = svd(kept, rows, columns)
    const scale = s[0]!
    expectClose(found.singularValues, s, { atol: 1e-14 * scale, peer })
    expect(found.rank).toBe(rank)
    expect([...kept]).toEqual(a)
    // vectors of singular values that are equal or zero are not unique
    if (!['rank 2', 'zero'].includes(name)) {
      const atol = name === 'graded' ? 1e-6 : 1e-13
      expectClose(found.u, u, { atol, peer })
      expectClose(found.v, v, { atol, peer })
    }
    const k = Math.min(rows, columns)
    const us = found.u.map((x, i) => x * found.singularValues[i % k]!)
    expectClose(product(us, transposed(found.v, columns, k), rows, k, columns), a, { atol: 1e-14 * (1 + scale) * 4 })
    if (scale > 0) expectClose(product(transposed(found.v, columns, k), found.v, k, columns, k), identity(k), { atol: 1e-13 })
    const largest = pinv.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    expectClose(pseudoInverse(a, rows, columns), pinv, { atol: 1e-13 * largest * (name === 'graded' ? 1e9 : 1), peer })
  })
})

describe('symmetricEigen agrees with numpy.linalg.eigh', () => {
  it.each(reference.eigen)('of order $n', ({ n, a, values, vectors }) => {
    const found = symmetricEigen(a, n)
    expectClose(found.values, values, { atol: 1e-13, peer })
    expectClose(found.vectors, vectors, { atol: 1e-12, peer })
  })
  it('refuses a matrix that is not symmetric', () => {
    expect(errorCode(() => symmetricEigen([1, 2, 3, 4], 2))).toBe('E_ARGUMENT')
  })
})

describe('symmetricEigen', () => {
  it.each([1e-300, 1e-200, 1, 1e200, 1e300])('does not mind the unit of its matrix: times %d', unit => {
    // min(i, j): eigenvalues 1 / (2 - 2 cos((2k - 1) pi / (2n + 1)))
    const n = 6
    const a = Float64Array.from({ length: n * n }, (_, at) => unit * (1 + Math.min(Math.floor(at / n), at % n)))
    const expected = Array.from({ length: n }, (_, k) => 1 / (2 - 2 * Math.cos(((2 * (n - k) - 1) * Math.PI) / (2 * n + 1))))
    const { values, vectors } = symmetricEigen(a, n)
    expectClose(
      values.map(v => v / unit),
      expected,
      { rtol: 1e-13 },
    )
    expectClose(product(transposed(vectors, n, n), vectors, n, n, n), identity(n), { atol: 1e-13 })
  })
})

describe('qr agrees with numpy.linalg.qr', () => {
  it.each(reference.qr)('of $rows x $columns', ({ rows, columns, a, q, r }) => {
    const found = qr(a, rows, columns)
    expectClose(found.q, q, { atol: 1e-14, peer })
    expectClose(found.r, r, { atol: 1e-14, peer })
  })
  it('refuses more columns than rows', () => {
    expect(errorCode(() => qr([1, 2], 1, 2))).toBe('E_RANGE')
  })
})

describe('solve and choleskySolve agree with numpy.linalg.solve', () => {
  it.each(reference.solve)('of order $n with $count right-hand sides', ({ n, count, a, b, x, p, px }) => {
    expectClose(solve(a, n, b, count), x, { rtol: 1e-11, atol: 1e-13, peer })
    expectClose(choleskySolve(p, n, b, count), px, { rtol: 1e-11, atol: 1e-13, peer })
  })
  it('refuse singular matrices, exactly or to rounding', () => {
    expect(errorCode(() => solve([1, 2, 2, 4], 2, [1, 2]))).toBe('E_SINGULAR')
    expect(errorCode(() => solve([0, 0, 0, 0], 2, [1, 2]))).toBe('E_SINGULAR')
    const almost = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    expect(errorCode(() => solve(almost, 3, [1, 2, 3]))).toBe('E_SINGULAR')
    expect(errorCode(() => choleskySolve([1, 2, 2, 1], 2, [1, 2]))).toBe('E_SINGULAR')
    expect(errorCode(() => choleskySolve([1, 1, 1, 1], 2, [1, 2]))).toBe('E_SINGULAR')
    expect(errorCode(() => solve([1, 2, 3, 4], 2, [1]))).toBe('E_SHAPE')
    expect(errorCode(() => solve([1, 2, 3, Number.NaN], 2, [1, 2]))).toBe('E_NAN')
    expect(errorCode(() => solve([], 0, []))).toBe('E_RANGE')
  })
})

describe('linearLeastSquares', () => {
  it('gives the shortest of all solutions where columns of unlike length depend on each other', () => {
    // x + 2y = 5: the nearest point of the line to the origin
    expectClose(linearLeastSquares([1, 2], 1, 2, [5], { minimumNorm: true }).x, [1, 2], { rtol: 1e-14 })
    const random = createRandom(11)
    for (const [rows, columns, rank] of [
      [3, 6, 3],
      [8, 5, 2],
      [5, 5, 4],
    ] as const) {
      const left = Float64Array.from({ length: rows * rank }, () => random.normal())
      const right = Float64Array.from({ length: rank * columns }, (_, i) => random.normal() * 10 ** ((i % columns) - 2))
      const a = product(left, right, rows, rank, columns)
      const y = Float64Array.from({ length: rows }, () => random.normal())
      const { x } = linearLeastSquares(a, rows, columns, y, { minimumNorm: true })
      const pinv = pseudoInverse(a, rows, columns, { smallest: 1e-10 })
      expectClose(x, product(pinv, y, columns, rows, 1), { rtol: 1e-8, atol: 1e-10 })
    }
  })

  it.each(reference.fit)(
    'agrees with numpy.linalg.lstsq, columns of any size: $name',
    ({ rows, columns, a, y, sigma, ...want }) => {
      const fit = linearLeastSquares(a, rows, columns, y, { sigma, scaleErrors: false })
      expectClose(fit.x, want.x, { rtol: 1e-11, peer })
      expectClose(fit.chiSquare, want.chiSquare, { rtol: 1e-12, peer })
      // relative to the errors, since odd and even powers have no covariance but rounding
      const perError = (c: ArrayLike<number>): number[] =>
        Array.from(c, (v, i) => v / Math.sqrt(want.covariance[6 * Math.floor(i / 5)]! * want.covariance[6 * (i % 5)]!))
      expectClose(perError(fit.covariance!), perError(want.covariance), { atol: 1e-11, peer })
      expectClose(fit.condition, want.condition, { rtol: 1e-11, peer })
      const scaled = linearLeastSquares(a, rows, columns, y, { sigma })
      expectClose(
        scaled.standardErrors!.map(e => e ** 2),
        [0, 6, 12, 18, 24].map(i => (want.covariance[i]! * want.chiSquare) / 35),
        { rtol: 1e-11 },
      )
      // one sigma for all leaves values and scaled errors as they are
      const same = linearLeastSquares(a, rows, columns, y, { sigma: 0.01 })
      const plain = linearLeastSquares(a, rows, columns, y)
      expectClose(same.x, plain.x, { rtol: 1e-11 })
      expectClose(same.standardErrors!, plain.standardErrors!, { rtol: 1e-11 })
    },
  )
  it('says that a solution is not unique, or gives the shortest', () => {
    const twice = [1, 1, 2, 2, 3, 3]
    expect(errorCode(() => linearLeastSquares(twice, 3, 2, [2, 4, 6]))).toBe('E_SINGULAR')
    expect(errorCode(() => linearLeastSquares([1, 0, 2, 0], 2, 2, [1, 2]))).toBe('E_SINGULAR')
    const fit = linearLeastSquares(twice, 3, 2, [2, 4, 6], { minimumNorm: true })
    expectClose(fit.x, [1, 1], { rtol: 1e-13 })
    expect(fit).toMatchObject({ rank: 1, covariance: null, standardErrors: null, degreesOfFreedom: 2 })
    expect(linearLeastSquares([1, 0, 0, 1], 2, 2, [1, 2]).standardErrors).toBeNull()
  })
  it('has standard errors that are the scatter of repeated fits', () => {
    const random = createRandom(17)
    const a = Float64Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : i))
    const slopes: number[] = []
    let error = 0
    for (let run = 0; run < 1500; run++) {
      const y = Float64Array.from({ length: 20 }, (_, i) => 3 + 0.5 * a[2 * i + 1]! + random.normal(0, 2))
      const fit = linearLeastSquares(a, 20, 2, y, { sigma: 2, scaleErrors: false })
      slopes.push(fit.x[1]!)
      error = fit.standardErrors![1]!
    }
    const scatter = Math.sqrt(slopes.reduce((sum, s) => sum + (s - 0.5) ** 2, 0) / slopes.length)
    expectClose(scatter, error, { rtol: 4 / Math.sqrt(2 * slopes.length) })
  })
})
