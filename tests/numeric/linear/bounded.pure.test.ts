import fc from 'fast-check'
import {
  type BoundedSolution,
  boundedLinearLeastSquares,
  createBoundedLinearLeastSquares,
  createNnls,
  createRandom,
  nnls,
} from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/linear/bounded.json'

const finite = (bounds: readonly (number | null)[], none: number): number[] => bounds.map(v => v ?? none)

/** Cosines between A x - b and the columns of A, from the definition: what the conditions of Karush, Kuhn and Tucker are about. */
function cosines(a: ArrayLike<number>, rows: number, columns: number, b: ArrayLike<number>, x: ArrayLike<number>): number[] {
  const residual = Array.from(b, (v, i) => {
    let sum = -v
    for (let j = 0; j < columns; j++) sum += a[i * columns + j]! * x[j]!
    return sum
  })
  // lengths of the terms that cancel in the residual: what its rounding is relative to
  const size = Array.from(x, (v, j) => Math.abs(v) * Math.hypot(...residual.map((_, i) => a[i * columns + j]!))).reduce(
    (s, v) => s + v,
    Math.hypot(...Array.from(b)),
  )
  return Array.from(x, (_, j) => {
    let dot = 0
    let square = 0
    for (let i = 0; i < rows; i++) {
      dot += a[i * columns + j]! * residual[i]!
      square += a[i * columns + j]! ** 2
    }
    return square === 0 || size === 0 ? 0 : dot / Math.sqrt(square) / size
  })
}

function expectOptimal(
  { x, state }: BoundedSolution,
  gradient: readonly number[],
  lower: readonly number[],
  upper: readonly number[],
): void {
  gradient.forEach((g, j) => {
    expect(x[j]!).toBeGreaterThanOrEqual(lower[j]!)
    expect(x[j]!).toBeLessThanOrEqual(upper[j]!)
    if (lower[j] === upper[j]) return
    if (state[j] === -1) expect(x[j]).toBe(lower[j])
    if (state[j] === 1) expect(x[j]).toBe(upper[j])
    if (x[j]! > lower[j]!) expect(g, `variable ${j} may fall`).toBeLessThan(1e-12)
    if (x[j]! < upper[j]!) expect(g, `variable ${j} may rise`).toBeGreaterThan(-1e-12)
  })
}

describe('nnls', () => {
  it.each(reference.nnls)('agrees with scipy.optimize.nnls: $name', ({ rows, columns, a, b, x, norm, rank }) => {
    const got = nnls(a as number[], rows, columns, b as number[])
    expect(got.converged).toBe(true)
    expectClose(got.residualNorm, norm, { rtol: 1e-12, atol: 1e-14, peer: reference.peer })
    const plan = createNnls(a as number[], rows, columns)
    expect(plan.rank).toBe(rank)
    // where columns depend on each other the solution is not unique, its misfit is
    if (rank === columns) expectClose(got.x, x as number[], { rtol: 1e-9, atol: 1e-12, peer: reference.peer })
    expectOptimal(
      got,
      cosines(a as number[], rows, columns, b as number[], got.x),
      new Array<number>(columns).fill(0),
      new Array<number>(columns).fill(Infinity),
    )
  })

  it('fulfils the conditions of the optimum for any matrix, dependent columns, zeros and ties included', () => {
    const shape = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
    const whole = fc.integer({ min: -3, max: 3 })
    const problem = shape.chain(([m, n]) =>
      fc.tuple(
        fc.constant(m),
        fc.constant(n),
        fc.array(whole, { minLength: m * n, maxLength: m * n }),
        fc.array(whole, { minLength: m, maxLength: m }),
      ),
    )
    fc.assert(
      fc.property(problem, ([m, n, a, b]) => {
        const got = nnls(a, m, n, b)
        expect(got.converged).toBe(true)
        expectOptimal(got, cosines(a, m, n, b, got.x), new Array<number>(n).fill(0), new Array<number>(n).fill(Infinity))
        for (let j = 0; j < n; j++) {
          expect(got.dual[j]!).toBeGreaterThan(-1e-11)
          expect(Math.abs(got.dual[j]! * got.x[j]!)).toBeLessThan(1e-10)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gives back the fractions of a mixture, frame by frame, as single calls do', () => {
    const [points, references, frames] = [50, 4, 12]
    const a = Float64Array.from({ length: points * references }, (_, i) => {
      const [p, r] = [Math.floor(i / references), i % references]
      return Math.exp(-(((p - 10 - 9 * r) / 6) ** 2))
    })
    const truth = Float64Array.from({ length: frames * references }, (_, i) => Math.max(0, Math.sin(i)))
    const spectra = new Float64Array(frames * points)
    for (let f = 0; f < frames; f++)
      for (let p = 0; p < points; p++)
        for (let r = 0; r < references; r++) spectra[f * points + p]! += truth[f * references + r]! * a[p * references + r]!
    const kept = spectra.slice()
    const plan = createNnls(a, points, references)
    const all = plan.solveAll(spectra)
    expectClose(all.x, truth, { atol: 1e-13 })
    expect([...all.converged]).toEqual(new Array<number>(frames).fill(1))
    for (let f = 0; f < frames; f++) {
      const one = plan.solve(spectra.subarray(f * points, (f + 1) * points))
      expect(one.x).toEqual(all.x.slice(f * references, (f + 1) * references))
      expect(one.residualNorm).toBe(all.residualNorm[f])
    }
    expect(spectra).toEqual(kept)
  })

  it('weights rows by their uncertainty', () => {
    const random = createRandom(3)
    const a = Float64Array.from({ length: 30 }, () => random.uniform())
    const b = Float64Array.from({ length: 10 }, () => random.uniform())
    const sigma = Float64Array.from({ length: 10 }, (_, i) => 0.5 + i)
    const whitened = nnls(
      a.map((v, i) => v / sigma[Math.floor(i / 3)]!),
      10,
      3,
      b.map((v, i) => v / sigma[i]!),
    )
    const got = nnls(a, 10, 3, b, { sigma })
    expectClose(got.x, whitened.x, { rtol: 1e-12 })
    expectClose(got.residualNorm, whitened.residualNorm, { rtol: 1e-13 })
    // one sigma for all changes nothing but the scale of the residual
    const same = nnls(a, 10, 3, b, { sigma: 7 })
    expectClose(same.x, nnls(a, 10, 3, b).x, { rtol: 1e-12 })
  })

  it('says when it was stopped early', () => {
    const { rows, columns, a, b } = reference.nnls.find(c => c.name === 'random 200 x 20')!
    expect(nnls(a as number[], rows, columns, b as number[], { maxIterations: 2 })).toMatchObject({ converged: false })
  })
})

describe('boundedLinearLeastSquares', () => {
  it.each(reference.bounded)(
    'agrees with scipy.optimize.lsq_linear: $name',
    ({ rows, columns, a, b, lower, upper, x, norm, unique }) => {
      const low = finite(lower, -Infinity)
      const high = finite(upper, Infinity)
      const got = boundedLinearLeastSquares(a as number[], rows, columns, b as number[], { lower: low, upper: high })
      expect(got.converged).toBe(true)
      // scipy stops somewhat short of the optimum: never below ours
      expectClose(got.residualNorm, norm, { rtol: 1e-7, atol: 1e-9, peer: reference.peer })
      expect(got.residualNorm).toBeLessThanOrEqual(norm * (1 + 1e-12) + 1e-14)
      if (unique) expectClose(got.x, x as number[], { rtol: 1e-5, atol: 1e-7, peer: reference.peer })
      expectOptimal(got, cosines(a as number[], rows, columns, b as number[], got.x), low, high)
    },
  )

  it('fulfils the conditions of the optimum within any bounds', () => {
    const whole = fc.integer({ min: -3, max: 3 })
    const bound = fc.tuple(fc.constantFrom(-Infinity, -1, 0, 1), fc.constantFrom(0, 0.5, 2, Infinity))
    const problem = fc
      .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
      .chain(([m, n]) =>
        fc.tuple(
          fc.constant(m),
          fc.constant(n),
          fc.array(whole, { minLength: m * n, maxLength: m * n }),
          fc.array(whole, { minLength: m, maxLength: m }),
          fc.array(bound, { minLength: n, maxLength: n }),
        ),
      )
    fc.assert(
      fc.property(problem, ([m, n, a, b, bounds]) => {
        const lower = bounds.map(([low]) => low)
        const upper = bounds.map(([low, width]) => (low === -Infinity ? width : low + width))
        const got = boundedLinearLeastSquares(a, m, n, b, { lower, upper })
        expect(got.converged).toBe(true)
        expectOptimal(got, cosines(a, m, n, b, got.x), lower, upper)
      }),
      { numRuns: 500 },
    )
  })

  it('refuses bounds that cross, NaN, wrong lengths and uncertainties that are not positive', () => {
    const a = [1, 2, 3, 4]
    expect(errorCode(() => boundedLinearLeastSquares(a, 2, 2, [1, 2], { lower: 1, upper: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => boundedLinearLeastSquares(a, 2, 2, [1, 2], { lower: Number.NaN }))).toBe('E_NAN')
    expect(errorCode(() => boundedLinearLeastSquares(a, 2, 2, [1, 2, 3]))).toBe('E_SHAPE')
    expect(errorCode(() => boundedLinearLeastSquares(a, 2, 3, [1, 2]))).toBe('E_SHAPE')
    expect(errorCode(() => nnls(a, 2, 2, [1, Number.NaN]))).toBe('E_NAN')
    expect(errorCode(() => nnls(a, 2, 2, [1, 2], { sigma: [1, 0] }))).toBe('E_RANGE')
    expect(errorCode(() => nnls([], 0, 2, []))).toBe('E_RANGE')
    expect(errorCode(() => createNnls(a, 2, 2).solveAll([1, 2, 3]))).toBe('E_SHAPE')
    expect(errorCode(() => createBoundedLinearLeastSquares(a, 2, 2, { lower: Infinity }))).toBe('E_RANGE')
  })
})
