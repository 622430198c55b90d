// Charge compensation of LiNiO2: the Ni K edge of two cycles beside potential and charge. Edge energies, linear combinations, how many phases there are.
// Real spectra (quick-XAS, ROCK at SOLEIL) where the shared data stand beside the checkout, simulated ones otherwise.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  createDataset,
  createElectrochemistry,
  type Dataset,
  type Electrochemistry,
  joinElectrochemistry,
  sliceBetween,
} from 'operando'
import { readNpy } from 'operando/io'
import { openElectrochemistry, openFrameTable } from 'operando/io/node'
import { createRandom } from 'operando/numeric'
import { linePlot, operandoFigure } from 'operando/plot'
import { pca, synchronize } from 'operando/series'
import { differenceSpectra, edgeTrends, linearCombinationSeries } from 'operando/spectroscopy'
import { showFigure } from './demo/showFigure.js'

const shared = process.env.OPERANDO_SHARED ?? resolve(import.meta.dirname, '../../shared')
const folder = resolve(shared, 'data/io/operando/lno-nik-rock')
const measured = existsSync(folder)

/** 229 normalised spectra of one beam position, and the two files of the potentiostat. */
async function read(): Promise<{ spectra: Dataset; cell: Electrochemistry }> {
  const bytes = (name: string): Uint8Array => new Uint8Array(readFileSync(resolve(folder, name)))
  const values = readNpy(bytes('spectra_norm_f32.npy'), 'spectra')
  const log = await openFrameTable(resolve(folder, 'frames.csv'))
  const parts = await Promise.all(
    ['220726cell4operandoxas_C06.mpt.gz', '220726cell4operandoxascontinuation_C06.mpt.gz'].map(name =>
      openElectrochemistry(resolve(folder, name)),
    ),
  )
  const spectra = createDataset({
    name: 'mu',
    label: 'normalised absorption',
    dims: ['frame', 'energy'],
    shape: values.shape,
    values: values.values as Float32Array,
    unit: '',
    coords: {
      energy: { dims: ['energy'], values: readNpy(bytes('energy_eV_f64.npy'), 'energy').values as Float64Array, unit: 'eV' },
      time: { dims: ['frame'], values: log.coords.time!.values, unit: 's', label: 'Time' },
      exposure: { dims: ['frame'], values: log.coords.exposure!.values, unit: 's' },
    },
    meta: { sample: 'LiNiO2', ...(log.start ? { start: log.start } : {}) },
  })
  return { spectra, cell: joinElectrochemistry(parts) }
}

/** A charge and a discharge: the edge moves by 1.4 eV up to a potential, then stays. */
function simulate(): { spectra: Dataset; cell: Electrochemistry } {
  const random = createRandom(8)
  const frames = 90
  const energy = Float64Array.from({ length: 301 }, (_, i) => 8290 + 0.7 * i)
  const out = Float64Array.from({ length: frames }, (_, f) => Math.min(f, frames - 1 - f) / (frames / 2))
  const values = Float64Array.from({ length: frames * energy.length }, (_, k) => {
    const e = energy[k % energy.length]! - 8345 - 1.4 * Math.min(1, 1.25 * out[Math.floor(k / energy.length)]!)
    return 0.5 + Math.atan(e / 1.6) / Math.PI + 0.7 * Math.exp(-(((e - 6) / 3.5) ** 2)) + 0.003 * random.normal()
  })
  const time = Float64Array.from({ length: frames }, (_, f) => 1200 * f)
  return {
    spectra: createDataset({
      name: 'mu',
      label: 'normalised absorption',
      dims: ['frame', 'energy'],
      shape: [frames, energy.length],
      values,
      unit: '',
      coords: {
        energy: { dims: ['energy'], values: energy, unit: 'eV' },
        time: { dims: ['frame'], values: time, unit: 's', label: 'Time' },
        exposure: { dims: ['frame'], values: time.map(() => 65), unit: 's' },
      },
    }),
    cell: createElectrochemistry({
      clock: { offset: 0, rate: 1, sigma: 1, pairs: [] },
      time: { values: time, unit: 's' },
      potential: { values: out.map(x => 3.5 + 0.75 * x), unit: 'V vs Li/Li+' },
      current: { values: time.map((_, f) => (f < frames / 2 ? 0.2 : -0.2)), unit: 'mA' },
    }),
  }
}

const { spectra, cell } = measured ? await read() : simulate()
console.log(`${measured ? 'measured' : 'simulated'}: ${spectra.shape.join(' spectra of ')} energies`)
const run = synchronize(spectra, cell)

// where the edge is, in every frame
const window = [8330, 8365] as const
const edges = edgeTrends(run, { window })

// end members of the series itself: the first spectrum, and that of the highest edge
const half = Float64Array.from(edges.halfHeight.values)
const top = half.indexOf(half.reduce((a, b) => Math.max(a, b)))
const energy = Float64Array.from(run.coords.energy!.values)
const member = (name: string, frame: number) => ({
  name,
  energy,
  mu: Float64Array.from(run.values.subarray(frame * energy.length, (frame + 1) * energy.length)),
})
const { weights, rFactor } = linearCombinationSeries(run, [member('start', 0), member('charged', top)], {
  sum: 'one',
  range: [8325, 8420],
})

// two end members are not all: what remains has structure
const part = sliceBetween(run, 'energy', 8325, 8400)
const { rank, explained } = pca(part, { components: 3 })
console.log(
  `components: ${rank.byIndicator} by the indicator function (points of averaged scans are correlated: too many); variance ${Array.from(explained.slice(0, 3), v => `${(100 * v).toFixed(1)} %`).join(', ')}`,
)

const voltage = run.coords.voltage!.values
console.table(
  [0, 0.12, 0.25, 0.5, 0.75, 1].map(s => {
    const f = Math.round(s * (run.shape[0]! - 1))
    return {
      frame: f,
      'potential (V)': voltage[f]!.toFixed(3),
      'edge at half height (eV)': half[f]!.toFixed(2),
      'edge, integral (eV)': edges.integral.values[f]!.toFixed(2),
      'white line (eV)': edges.whiteLine.values[f]!.toFixed(2),
      'share of the start': `${weights.start!.values[f]!.toFixed(3)} ± ${(weights.start!.sigma![f] || 0).toFixed(3)}`,
      'R factor': rFactor.values[f]!.toExponential(1),
    }
  }),
)
console.log(`the edge moves from ${half[0]!.toFixed(2)} to ${half[top]!.toFixed(2)} eV at most`)

const time = run.coords.time!
const onTime = { values: time.values, label: 'Time', unit: 's' }
await showFigure(
  'xas-lno-series',
  operandoFigure(part, {
    title: `Ni K edge of LiNiO2 (${measured ? 'ROCK, SOLEIL' : 'simulated'})`,
    y: 'energy',
    trends: [
      {
        curves: [
          { x: onTime, y: half, label: 'half height' },
          { x: onTime, y: edges.integral.values, label: 'integral' },
        ],
        label: 'Edge energy',
        unit: 'eV',
      },
      {
        curves: [
          { x: onTime, y: weights.start!.values, label: 'start' },
          { x: onTime, y: weights.charged!.values, label: 'charged' },
        ],
        label: 'Share',
      },
    ],
  }),
)
const difference = differenceSpectra(part)
const n = difference.shape[1]!
const at = { values: difference.coords.energy!.values, label: 'Photon energy', unit: 'eV' }
const shown = [0.25, 0.5, 0.75, 1].map(s => Math.round(s * top))
await showFigure(
  'xas-lno-difference',
  linePlot(
    shown.map(f => ({ x: at, y: difference.values.subarray(f * n, (f + 1) * n), label: `${voltage[f]!.toFixed(2)} V` })),
    { title: 'Difference to the first spectrum', yLabel: 'Δμ' },
  ),
)
