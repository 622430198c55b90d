import { createGeometry, createIntegrator, type Geometry, type IntegratorOptions } from 'operando/scattering'
import type { Bench } from '../harness/bench.js'
import { uniform } from '../harness/inputs.js'
import { kernels } from '../harness/kernels.js'

const side = 0.1536
const bins = 2000

/** A square detector 0.2 m behind the sample, with n x n pixels: bench/peers/peers.py has the same. */
const geometryOf = (n: number): Geometry =>
  createGeometry({ dist: 0.2, poni1: 0.4 * side, poni2: 0.45 * side, shape: [n, n], pixel1: side / n, wavelength: 0.2 })

/** Rings and noise, whole counts. */
function frameOf(n: number): Uint32Array {
  const noise = uniform(1, n * n)
  const pixel = side / n
  return Uint32Array.from({ length: n * n }, (_, k) => {
    const y = (Math.floor(k / n) + 0.5) * pixel - 0.4 * side
    const x = ((k % n) + 0.5) * pixel - 0.45 * side
    const ring = Math.max(0, Math.cos(Math.sqrt(x * x + y * y) * 600)) ** 8
    return Math.floor(100 + 400 * ring + 20 * noise[k]!)
  })
}

type Twin = 'ts' | 'simd'
const options = (twin: Twin): IntegratorOptions<'twoTheta'> => ({
  axis: 'twoTheta',
  bins,
  kernels: twin === 'simd' ? kernels : undefined,
})

/** One frame of n x n pixels to 2000 bins, boxes split. */
export const azintBench = (n: number, twin: Twin): Bench => ({
  name: `azint ${n} ${twin}`,
  allocates: 'views of the frame',
  prepare() {
    const plan = createIntegrator(geometryOf(n), options(twin))
    const frame = frameOf(n)
    const out = plan.frame(frame)
    return () => {
      plan.frame(frame, {}, out)
    }
  },
})

/** The same with Poisson errors, polarisation and one pixel in a hundred masked. */
export const azintErrorsBench = (n: number, twin: Twin): Bench => ({
  name: `azint ${n} errors ${twin}`,
  allocates: 'views of the frame',
  prepare() {
    const mask = uniform(9, n * n).map(u => (u < 0.01 ? 1 : 0))
    const plan = createIntegrator(geometryOf(n), { ...options(twin), errors: 'poisson', polarization: 0.99, mask })
    const frame = frameOf(n)
    const out = plan.frame(frame)
    return () => {
      plan.frame(frame, {}, out)
    }
  },
})

/** A plan: geometry and map. */
export const azintSetupBench = (n: number, twin: Twin): Bench => ({
  name: `azint ${n} set-up ${twin}`,
  allocates: 'the plan',
  prepare() {
    const frame = frameOf(n)
    return () => {
      createIntegrator(geometryOf(n), options(twin)).frame(frame)
    }
  },
})

/** What is guarded: a small detector. */
export const azint: readonly Bench[] = [
  azintBench(512, 'ts'),
  azintBench(512, 'simd'),
  azintErrorsBench(512, 'ts'),
  azintErrorsBench(512, 'simd'),
]
