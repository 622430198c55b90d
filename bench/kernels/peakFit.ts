import {
  type CombinedProblem,
  createLeastSquares,
  type Kernels,
  type LeastSquaresPlan,
  type ParameterInput,
  scaleColumns,
} from 'operando/numeric'
import { type DerivativeColumns, PSEUDO_VOIGT } from 'operando/scattering'
import type { Bench } from '../harness/bench.js'
import { normal } from '../harness/inputs.js'
import { kernels } from '../harness/kernels.js'

const points = 2000
const peaks = 5
const x = Float64Array.from({ length: points }, (_, i) => (100 * i) / (points - 1))

/** Area, centre, fwhm, eta of five peaks, then constant and slope, at a state of charge from 0 to 1. */
export function truth(charge: number): Float64Array {
  const lines = [
    [15, 1.6, 900, 0.5],
    [32, 2.2, 1500, 0.3],
    [36.5, 2.6, 800, 0.6],
    [63, 1.8, 2000, 0.4],
    [85, 3.2, 1200, 0.7],
  ] as const
  const moved = lines.flatMap(([centre, fwhm, area, eta], k) => [
    area * (1 + 0.3 * Math.sin(3 * charge + k)),
    centre + 1.2 * charge * (-1) ** k,
    fwhm * (1 + 0.2 * charge),
    eta,
  ])
  return Float64Array.from([...moved, 20, 0.05])
}

/** Where the fit starts: areas and widths 30 % off. */
export function start(): Float64Array {
  const p = truth(0)
  for (let k = 0; k < 4 * peaks; k += 4) {
    p[k]! *= 0.7
    p[k + 1]! += 0.4
    p[k + 2]! *= 1.3
    p[k + 3] = 0.5
  }
  return p.fill(15, 20, 21).fill(0, 21)
}

/** The model and, where wanted, its derivatives by columns. */
function addModel(p: Float64Array, out: Float64Array, jacobian: Float64Array | null, columns: DerivativeColumns | null): void {
  for (let i = 0; i < points; i++) out[i] = p[20]! + p[21]! * x[i]!
  jacobian?.fill(0, 0, 20 * points)
  for (let k = 0; k < 4 * peaks; k += 4) {
    if (columns) {
      columns.area = k * points
      columns.centre = (k + 1) * points
      columns.shape[0] = (k + 2) * points
      columns.shape[1] = (k + 3) * points
    }
    PSEUDO_VOIGT.add(x, 0, points, p[k]!, p[k + 1]!, p, k + 2, out, columns)
  }
}

/** A pattern of the series, with counting noise. */
export function pattern(charge: number, seed: number): Float64Array {
  const y = new Float64Array(points)
  addModel(truth(charge), y, null, null)
  const noise = normal(seed, points)
  return y.map((v, i) => v + Math.sqrt(v) * noise[i]!)
}

/** Those of `createPeakFit`. The peers stop at 1e-8 of the cost. */
const tolerances = { cost: 1e-10 }

/** The fit of 22 parameters, weights 1 / sqrt(y), with the data to be filled in. */
export function createFit(twin: Kernels | undefined): { readonly plan: LeastSquaresPlan; load(y: Float64Array): void } {
  const data = new Float64Array(points)
  const weights = new Float64Array(points)
  let columns: DerivativeColumns | null = null
  const problem: CombinedProblem = {
    points,
    evaluate(p, residual, jacobian) {
      if (jacobian && columns?.values !== jacobian) {
        columns = { values: jacobian, area: 0, centre: 0, shape: new Int32Array(2), areaFactor: 1, centreFactor: 1 }
      }
      addModel(p, residual, jacobian, jacobian && columns)
      for (let i = 0; i < points; i++) residual[i] = (residual[i]! - data[i]!) * weights[i]!
      if (!jacobian) return
      scaleColumns(jacobian, 20, weights)
      for (let i = 0; i < points; i++) {
        jacobian[20 * points + i] = weights[i]!
        jacobian[21 * points + i] = weights[i]! * x[i]!
      }
    },
  }
  const parameters: ParameterInput[] = Array.from(start(), (value, i) => ({ name: `p${i}`, value }))
  return {
    plan: createLeastSquares(problem, parameters, { kernels: twin, tolerances }),
    load(y) {
      for (let i = 0; i < points; i++) {
        data[i] = y[i]!
        weights[i] = 1 / Math.sqrt(y[i]!)
      }
    },
  }
}

const twins = [
  { twin: 'ts', with: undefined },
  { twin: 'simd', with: kernels },
]

/** 2000 points, 5 pseudo-Voigts and a line: 22 parameters. */
export const peakFit: readonly Bench[] = twins.map(twin => ({
  name: `leastSquares 22 x 2000 ${twin.twin}`,
  allocates: 'the result',
  prepare() {
    const { plan, load } = createFit(twin.with)
    load(pattern(0, 21))
    return () => {
      if (!plan.fit().converged) throw new Error('the fit did not converge')
    }
  },
}))

const sequence = Array.from({ length: 20 }, (_, i) => ({ charge: i / 999, seed: 100 + i }))

/** Twenty patterns of a series, each fitted from the last result. */
export const peakFitSequence: readonly Bench[] = twins.map(twin => ({
  name: `leastSquares 22 x 2000, 20 in sequence, ${twin.twin}`,
  allocates: 'the results',
  prepare() {
    const { plan, load } = createFit(twin.with)
    const patterns = sequence.map(({ charge, seed }) => pattern(charge, seed))
    const first = start()
    const values = first.slice()
    return () => {
      values.set(first)
      for (const y of patterns) {
        load(y)
        const { parameters } = plan.fit(values)
        plan.names.forEach((name, i) => {
          values[i] = parameters[name]!.value
        })
      }
    }
  },
}))
