// Which metal of a layered oxide pays for the charge: the K edges of nickel, cobalt and manganese of one cell, against its lithium content.
// Simulated: nickel is oxidised from the beginning, cobalt towards the end, manganese not at all; each edge was scanned in turn.
import { createDataset, type Dataset } from 'operando'
import { createRandom } from 'operando/numeric'
import { linePlot } from 'operando/plot'
import { edgeTrends, oxidationState } from 'operando/spectroscopy'
import { showFigure } from './demo/showFigure.js'

/** Each metal: its edge, how far it moves in eV as lithium leaves (1 - x from 0 to 1), and standards of known state. */
const metals = [
  {
    name: 'Mn',
    edge: 6552,
    moved: (out: number) => 0.05 * out,
    standards: [
      { state: 3, edge: 6549.9 },
      { state: 4, edge: 6552.6 },
    ],
    turn: 0,
  },
  {
    name: 'Co',
    edge: 7720,
    moved: (out: number) => 0.9 * Math.max(0, out - 0.55) ** 1.5 * 3,
    standards: [
      { state: 3, edge: 7720.4 },
      { state: 4, edge: 7722 },
    ],
    turn: 1,
  },
  {
    name: 'Ni',
    edge: 8343.2,
    moved: (out: number) => 2.6 * (1 - Math.exp(-out / 0.35)),
    standards: [
      { state: 2, edge: 8341.8 },
      { state: 3, edge: 8343.9 },
      { state: 4, edge: 8346.2 },
    ],
    turn: 2,
  },
]
const frames = 30
const noise = 0.003
const random = createRandom(4)
const series = metals.map(({ name, edge, moved, turn }): Dataset => {
  const energy = Float64Array.from({ length: 241 }, (_, i) => edge - 30 + 0.25 * i)
  // the three edges are scanned one after the other, so that each has its own lithium contents
  const x = Float64Array.from({ length: frames }, (_, f) => 1 - (0.85 * (f + turn / 3)) / frames)
  const values = Float64Array.from({ length: frames * energy.length }, (_, k) => {
    const e = energy[k % energy.length]! - edge - moved(1 - x[Math.floor(k / energy.length)]!)
    return 0.5 + Math.atan((e - 0.6) / 1.5) / Math.PI + 0.6 * Math.exp(-(((e - 6) / 3) ** 2)) + noise * random.normal()
  })
  return createDataset({
    name,
    dims: ['frame', 'energy'],
    shape: [frames, energy.length],
    values,
    sigma: new Float64Array(values.length).fill(noise),
    unit: '',
    coords: { energy: { dims: ['energy'], values: energy, unit: 'eV' }, x: { dims: ['frame'], values: x, unit: '' } },
  })
})

const trends = series.map((one, m) => edgeTrends(one, { window: [metals[m]!.edge - 20, metals[m]!.edge + 20] }).halfHeight)
console.table(
  metals.map(({ name, standards }, m) => {
    const { values, sigma } = trends[m]!
    const state = (f: number): string => {
      const found = oxidationState(values[f]!, standards, sigma![f]!)
      return `${found.state.toFixed(2)}${found.sigma === undefined ? '' : ` ± ${found.sigma.toFixed(2)}`}${found.warnings.length > 0 ? ' (beyond the standards)' : ''}`
    }
    return {
      metal: name,
      'edge at first (eV)': values[0]!.toFixed(2),
      'edge at last (eV)': values[frames - 1]!.toFixed(2),
      'moved by (eV)': `${(values[frames - 1]! - values[0]!).toFixed(3)} ± ${Math.hypot(sigma![0]!, sigma![frames - 1]!).toFixed(3)}`,
      'state at first': state(0),
      'state at last': state(frames - 1),
    }
  }),
)

await showFigure(
  'xas-edges',
  linePlot(
    metals.map(({ name }, m) => {
      const { values, sigma, coords } = trends[m]!
      return {
        x: { values: coords.x!.values, label: 'x in LixMO2', unit: '' },
        y: Float64Array.from(values, v => v - values[0]!),
        sigma: sigma!,
        label: name,
        unit: 'eV',
        sigmaStyle: 'bars' as const,
      }
    }),
    { title: 'Shift of the K edges of one cell (simulated)', yLabel: 'Edge shift', xRange: [1.02, 0.12] },
  ),
)
