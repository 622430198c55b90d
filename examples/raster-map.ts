// A raster over a pouch cell: from patterns to a map of x in LixFePO4, failed points told from good ones, and how even the electrode is.
// The patterns are simulated here (an electrode with a rim that lags behind, and points beside it); the public map of 19781 refinements is read besides, where it stands.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createStructure } from 'operando'
import { createRandom } from 'operando/numeric'
import { mapPlot } from 'operando/plot'
import {
  createPhaseFit,
  findRowLength,
  mapStatistics,
  meanComposition,
  phaseOfStructure,
  rasterMap,
  screenFits,
  simulatePattern,
} from 'operando/scattering'
import { showFigure } from './demo/showFigure.js'

// fractional coordinates of the two olivines, as published refinements have them
const oxygen = (...sites: [number, number, number][]) => sites.map(position => ({ element: 'O', position, uIso: 0.009 }))
const lithiated = createStructure({
  name: 'LiFePO4',
  cell: { a: 10.3335, b: 6.0105, c: 4.6982 },
  spaceGroup: 'Pnma',
  sites: [
    { element: 'Li', position: [0, 0, 0], uIso: 0.013 },
    { element: 'Fe', position: [0.2822, 0.25, 0.9748], uIso: 0.006 },
    { element: 'P', position: [0.0948, 0.25, 0.4182], uIso: 0.006 },
    ...oxygen([0.0968, 0.25, 0.7428], [0.4571, 0.25, 0.206], [0.1656, 0.0465, 0.2848]),
  ],
})
const delithiated = createStructure({
  name: 'FePO4',
  cell: { a: 9.8453, b: 5.8058, c: 4.7883 },
  spaceGroup: 'Pnma',
  sites: [
    { element: 'Fe', position: [0.2753, 0.25, 0.9483], uIso: 0.006 },
    { element: 'P', position: [0.094, 0.25, 0.3948], uIso: 0.006 },
    ...oxygen([0.1215, 0.25, 0.7095], [0.4394, 0.25, 0.1596], [0.1662, 0.0448, 0.2505]),
  ],
})
const wavelength = 0.2073
const range = { wavelength, twoThetaMax: 5.6, couple: 'iron', formulaUnits: 4 }
const phases = await Promise.all(
  [lithiated, delithiated].map(async structure => (await phaseOfStructure(structure, range)).phase),
)

// 20 x 14 points, 1 mm apart, on an electrode of 16 x 11 mm: x falls from the rim inwards
const [columns, rows] = [20, 14]
const twoTheta = Float64Array.from({ length: 560 }, (_, i) => 2.2 + 0.006 * i)
const random = createRandom(11)
const truth: number[] = []
const fits = { rFactor: [] as number[], x: [] as number[], sigma: [] as number[], a: [] as number[] }
const plan = createPhaseFit(twoTheta, phases, { wavelength, background: 3 })
let seed: Record<string, number> | undefined
for (let i = 0; i < columns * rows; i++) {
  const [x, y] = [(i % columns) - 9.5, Math.floor(i / columns) - 6.5]
  const inside = Math.abs(x) < 8 && Math.abs(y) < 5.5
  const rim = Math.max(Math.abs(x) / 8, Math.abs(y) / 5.5)
  const share = 0.35 + 0.4 * rim ** 4 + 0.01 * x
  truth.push(inside ? share : Number.NaN)
  const amounts = phases.map((phase, k) => ({ ...phase, amount: inside ? 0.0012 * (k === 0 ? share : 1 - share) : 0 }))
  const pattern = simulatePattern(twoTheta, amounts, { wavelength, fwhm: 0.03 })
  const fit = plan.fit({ intensity: random.counts(pattern.map((v, k) => v + 60 + 30 * Math.exp(-k / 300))) }, seed)
  const fraction = fit.parameters['LiFePO4.fraction']
  fits.rFactor.push(fit.reducedChiSquare)
  fits.x.push(fraction?.value ?? Number.NaN)
  fits.sigma.push(fraction?.standardError ?? Number.NaN)
  fits.a.push(fit.parameters['LiFePO4.a']!.value)
  // a good point helps the next one along
  if (fraction) seed = Object.fromEntries(Object.values(fit.parameters).map(p => [p.name, p.value]))
}
const { mask, good, rejected } = screenFits(fits, { x: { min: 0, max: 1 }, sigma: { max: 0.1 }, a: { deviations: 8 } })
const map = rasterMap(fits.x, { columns, step: [1, 1], origin: [-9.5, -6.5], sigma: fits.sigma, mask, name: 'x in LixFePO4' })
const off = fits.x.flatMap((x, i) => (mask[i] || Number.isNaN(truth[i]!) ? [] : [x - truth[i]!]))
const even = mapStatistics(map)
console.log(`simulated: ${good} of ${fits.x.length} points believed; rejected by`, rejected)
console.table([
  {
    map: 'simulated',
    points: even.points,
    'mean x': even.mean.toFixed(3),
    deviation: even.deviation.toFixed(3),
    '5 to 95 %': `${even.quantiles[0].toFixed(2)} to ${even.quantiles[2].toFixed(2)}`,
    'slope along x (1/mm)': `${even.gradient[0].value.toFixed(4)} +/- ${even.gradient[0].standardError?.toFixed(4)}`,
    neighbours: even.neighbours.toFixed(2),
    'rms error': Math.sqrt(off.reduce((sum, d) => sum + d * d, 0) / off.length).toFixed(4),
  },
])
await showFigure('raster-map-simulated', mapPlot(map, { scaleBar: true, title: 'x in LixFePO4, simulated pouch cell' }))

// the public map: which axis was the fast one is not told, and a third of the points lies beside the electrode
const file = resolve(import.meta.dirname, '../../shared/data/scattering/map_LFP_pouch/seqrr_19781x10_f32.npy.gz')
if (existsSync(file)) {
  const bytes = gunzipSync(readFileSync(file))
  const column = (k: number): Float64Array =>
    Float64Array.from({ length: 19781 }, (_, i) => bytes.readFloatLE(10 + bytes.readUInt16LE(8) + 4 * (10 * i + k)))
  const [rwp, w1, w2, a1, a2] = [0, 5, 9, 2, 6].map(column) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const raster = findRowLength(w1)
  const screened = screenFits(
    { rwp, w1, w2, a1, a2 },
    { rwp: { max: 10 }, w1: { min: 0, max: 100 }, w2: { min: 0, max: 100 }, a1: { deviations: 10 }, a2: { deviations: 10 } },
  )
  const { x } = meanComposition([
    { weight: w1, molarMass: 157.757, x: 1 },
    { weight: w2, molarMass: 150.816, x: 0 },
  ])
  const real = rasterMap(x, { columns: raster.columns, order: raster.order, mask: screened.mask, name: 'x in LixFePO4' })
  const found = mapStatistics(real)
  console.log(
    `measured: ${raster.columns} columns (rank correlation ${raster.correlation.toFixed(2)}, next best ${raster.second.toFixed(2)}), ${screened.good} points believed,`,
    `mean x ${found.mean.toFixed(3)}, neighbours correlate by ${found.neighbours.toFixed(2)}`,
  )
  await showFigure('raster-map-measured', mapPlot(real, { title: 'x in LixFePO4, 19781 refinements' }))
}
