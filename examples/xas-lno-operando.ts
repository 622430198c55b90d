// LiNiO2 is charged under the beam: a raw quick-XAS stream becomes spectra, the reference foil takes the drift of the monochromator off, and the Ni K edge tells how far nickel is oxidised.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createDataset } from 'operando'
import { createRandom } from 'operando/numeric'
import { linePlot, operandoFigure, trendPlot } from 'operando/plot'
import {
  averageScans,
  createQuickBinning,
  detectorLag,
  findE0,
  foilShift,
  monoEnergy,
  monoOffset,
  preEdge,
  removeLag,
  splitHalfScans,
  xasGrid,
} from 'operando/spectroscopy'
import { showFigure } from './demo/showFigure.js'

const NICKEL = 8332.8 // first inflection of the foil, eV

// 1. A raw stream: angles of the encoder, counts of two ion chambers that answer four samples late
const { normal } = createRandom(1)
const rate = 20_000
const angle = Float64Array.from({ length: 2 * rate }, (_, i) => 13.55 + 0.45 * Math.sin((2 * Math.PI * 5 * i) / rate))
const encoder = monoEnergy(angle, { crystal: 'Si(111)' })
const edgeAt = (e: number, e0: number): number =>
  1 / (1 + Math.exp((e0 - e) / 1.6)) + 0.45 * Math.exp(-(((e - e0 - 6) / 3.2) ** 2))
const i0 = encoder.map(e => 1e6 * (1 - 1e-4 * (e - NICKEL)))
const i1 = i0.map((v, i) => v * Math.exp(-0.4 - 0.8 * edgeAt(encoder[Math.max(i - 4, 0)]!, 8345)) * (1 + 2e-3 * normal()))
const halfScans = splitHalfScans(angle)
const { lag, split } = detectorLag(
  encoder,
  i0.map((v, i) => Math.log(v / i1[i]!)),
  halfScans,
  { grid: Array.from({ length: 161 }, (_, i) => 8265 + i) },
)
const energy = removeLag(encoder, lag)
const bins = createQuickBinning(xasGrid({ e0: 8345, pre1: -120, pre2: -25, preStep: 4, xanesStep: 0.5, exafs1: 30, exafs2: 250 }))
const scans = halfScans
  .filter(scan => scan.stop - scan.start > 1500)
  .map(({ start, stop }) => {
    bins.clear()
    bins.addCounters(energy, i0, i1, start, stop)
    return bins.result().mu
  })
const { spectra, correlation } = averageScans(scans)
console.log(
  `${halfScans.length} half scans; the detectors answer ${lag.toFixed(2)} samples late, which parted both directions by ${split.toFixed(2)} eV; ` +
    `mean of ${scans.length}, correlation of neighbouring points ${correlation.toFixed(2)}`,
)
const mean = preEdge(bins.energy, spectra[0]!.mu, { e0: 8345, pre1: -110, pre2: -40, norm1: 60, norm2: 240, nnorm: 1 })
console.log(`Its edge step is ${mean.edgeStep.toFixed(4)} ± ${mean.edgeStepSigma.toFixed(4)}`)
await showFigure(
  'xas-quick-scan',
  linePlot([
    { x: { values: bins.energy, label: 'Energy', unit: 'eV' }, y: scans[0]!, label: 'one half scan' },
    { x: { values: bins.energy, label: 'Energy', unit: 'eV' }, y: spectra[0]!.mu, label: `mean of ${scans.length}` },
  ]),
)

// 2. The charge: measured at ROCK, SOLEIL where the shared data stand, else simulated with the same drift
const shared = process.env.OPERANDO_SHARED ?? resolve(import.meta.dirname, '../../shared')
const folder = resolve(shared, 'data/spectroscopy/operando_xas')
const measured = existsSync(folder)
const table = (kind: string): { energy: Float64Array; spectra: Float64Array[] } => {
  const text = gunzipSync(readFileSync(resolve(folder, `lno_op2_pos1_${kind}.csv.gz`))).toString()
  const rows = text
    .split('\n')
    .filter(line => /^\d/.test(line))
    .map(line => line.split(',').map(Number))
  const column = (c: number): Float64Array => Float64Array.from(rows, row => row[c]!)
  return { energy: column(0), spectra: Array.from({ length: rows[0]!.length - 1 }, (_, s) => column(s + 1)) }
}
const simulated = (kind: 'norm' | 'reference_foil'): { energy: Float64Array; spectra: Float64Array[] } => {
  const grid = Float64Array.from({ length: 500 }, (_, i) => 8280 + 0.4 * i)
  const count = kind === 'norm' ? 30 : 15
  const drift = (t: number): number => 0.03 * Math.sin(5 * t)
  return {
    energy: grid,
    spectra: Array.from({ length: count }, (_, s) => {
      const t = s / (count - 1)
      const e0 = (kind === 'norm' ? 8345.3 + 1.4 * t : NICKEL) + drift(t)
      return grid.map(e => edgeAt(e, e0) + 2e-4 * normal())
    }),
  }
}
const sample = measured ? table('norm') : simulated('norm')
const foil = measured ? table('reference_foil') : simulated('reference_foil')
const times: number[] = measured
  ? JSON.parse(readFileSync(resolve(folder, 'lno_op2_pos1.meta.json'), 'utf8')).map(
      (m: { start: string }, _: number, all: { start: string }[]) =>
        (Date.parse(`${m.start}Z`) - Date.parse(`${all[0]!.start}Z`)) / 1000,
    )
  : sample.spectra.map((_, s) => 690 * s)

// 3. Drift of the monochromator, from the foil of every second scan
const shifts = foil.spectra.map(mu =>
  foilShift({ energy: foil.energy, mu: foil.spectra[0]! }, { energy: foil.energy, mu }, { range: [8320, 8400] }),
)
const every = sample.spectra.length / foil.spectra.length
const shiftOf = (s: number): number => shifts[Math.min(Math.floor(s / every), shifts.length - 1)]!.shift
const foilEdge = findE0(foil.energy, foil.spectra[0]!).energy
console.log(
  `The foil drifts by ${Math.min(...shifts.map(s => s.shift)).toFixed(3)} to ${Math.max(...shifts.map(s => s.shift)).toFixed(3)} eV; ` +
    `its edge lies at ${foilEdge.toFixed(2)} eV: the angles of the monochromator are off by ${(1e6 * monoOffset(foilEdge, NICKEL, { crystal: 'Si(111)' })).toFixed(0)} microdegrees`,
)

// 4. The edge of nickel, by half height of the normalised spectra, with the drift taken off
const series = createDataset({
  name: 'norm',
  label: 'Normalised absorption',
  dims: ['frame', 'energy'],
  shape: [sample.spectra.length, sample.energy.length],
  values: Float64Array.from(sample.spectra.flatMap(mu => [...mu])),
  unit: '',
  coords: {
    energy: { dims: ['energy'], values: sample.energy, unit: 'eV', label: 'Energy' },
    time: { dims: ['frame'], values: times, unit: 's', label: 'Time' },
  },
})
const edges = sample.spectra.map(
  (mu, s) => findE0(sample.energy, mu, { definition: 'half-height', normalized: true }).energy + shiftOf(s),
)
const steepest = sample.spectra.map((mu, s) => findE0(sample.energy, mu).energy + shiftOf(s))
const last = sample.spectra.length - 1
console.table(
  [0, 0.25, 0.5, 0.75, 1].map(part => {
    const s = Math.round(part * last)
    return {
      spectrum: s,
      'time (h)': (times[s]! / 3600).toFixed(2),
      'half height (eV)': edges[s]!.toFixed(2),
      'steepest point (eV)': steepest[s]!.toFixed(2),
      'foil (eV)': shiftOf(s).toFixed(3),
    }
  }),
)

await showFigure('xas-lno-operando', operandoFigure(series, { title: 'Ni K edge of LiNiO2 during its first charge' }))
await showFigure(
  'xas-lno-edge',
  trendPlot(
    [
      { x: { values: times, label: 'Time', unit: 's' }, y: edges, label: 'Half height', unit: 'eV' },
      { x: { values: times, label: 'Time', unit: 's' }, y: steepest, label: 'Steepest point', unit: 'eV' },
    ],
    { title: 'Half height moves smoothly, the steepest point jumps' },
  ),
)
