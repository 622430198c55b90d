import { loadKernelsSync, createNormalEquations, scaleColumns } from 'operando/numeric'
import { createFit, pattern } from '/work/wt-bench/bench/kernels/peakFit.js'
import { gram } from '/work/wt-bench/src/numeric/linear/gram.js'
import { PSEUDO_VOIGT } from '/work/wt-bench/src/scattering/index.js'
const { plan, load } = createFit(loadKernelsSync()); load(pattern(0, 21))
const time = (name: string, f: () => void, n: number) => { for (let i = 0; i < n; i++) f(); let best = 1e9; for (let k = 0; k < 20; k++) { const c = process.cpuUsage(); for (let i = 0; i < n; i++) f(); const { user, system } = process.cpuUsage(c); best = Math.min(best, (user + system) / n) } console.log(name, best.toFixed(1), 'us') }
const r = plan.fit(); console.log(r.iterations, r.evaluations, r.reason)
time('fit', () => { plan.fit() }, 20)
const a = Float64Array.from({ length: 23 * 2000 }, () => Math.random()), out = new Float64Array(23 * 23)
time('gram', () => gram(a, 2000, 23, out), 100)
const x = Float64Array.from({ length: 2000 }, (_, i) => i / 20), y = new Float64Array(2000), v = new Float64Array(8000)
const cols = { values: v, area: 0, centre: 2000, shape: Int32Array.of(4000, 6000), areaFactor: 1, centreFactor: 1 }
time('pv with derivatives', () => PSEUDO_VOIGT.add(x, 0, 2000, 100, 50, Float64Array.of(2, 0.5), 0, y, cols), 100)
time('pv', () => PSEUDO_VOIGT.add(x, 0, 2000, 100, 50, Float64Array.of(2, 0.5), 0, y, null), 100)
const eq = createNormalEquations(2000, 22, { kernels: loadKernelsSync() })
for (let i = 0; i < 44000; i++) eq.jacobian[i] = Math.random()
time('gram simd', () => eq.update(), 200)
const cols2 = { ...cols, values: eq.jacobian }
const sh = Float64Array.of(2, .5)
time('pv simd with derivatives', () => PSEUDO_VOIGT.add(x, 0, 2000, 100, 50, sh, 0, eq.residual, cols2), 200)
time('pv simd', () => PSEUDO_VOIGT.add(x, 0, 2000, 100, 50, sh, 0, eq.residual, null), 200)
const w = new Float64Array(2000).fill(1)
time('scale simd', () => scaleColumns(eq.jacobian, 20, w), 200)
const J = new Float64Array(44000); time('scale', () => scaleColumns(J, 20, w), 200)
