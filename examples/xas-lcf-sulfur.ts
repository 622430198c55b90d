// Which polysulfides are in a lithium-sulfur cell during its discharge: linear combinations at the sulfur K edge, and how many references the data can bear.
// Simulated: S8, Li2S6, Li2S4 and Li2S differ by the line of terminal sulfur below the main line; they follow each other, with the noise of fluorescence.
import { createDataset, type Dataset } from 'operando'
import { createRandom } from 'operando/numeric'
import { linePlot, operandoFigure } from 'operando/plot'
import { mcr, pca, targetTransform } from 'operando/series'
import { bestCombinations, linearCombinationSeries } from 'operando/spectroscopy'
import { showFigure } from './demo/showFigure.js'

const energy = Float64Array.from({ length: 241 }, (_, i) => 2460 + 0.2 * i)
const line = (at: number, width: number) => (e: number) => 1 / (1 + ((e - at) / width) ** 2)
const species = (terminal: number, main: number, step: number): Float64Array =>
  energy.map(
    e =>
      terminal * line(2470.6, 0.6)(e) +
      main * line(2472.7, 0.7)(e) +
      (0.5 + Math.atan((e - step) / 0.9) / Math.PI) * (1 + 0.15 * Math.cos((e - step) / 3.2) * Math.exp(-(e - step) / 20)),
  )
const references = [
  { name: 'S8', energy, mu: species(0, 2.6, 2475) },
  { name: 'Li2S6', energy, mu: species(0.5, 2.1, 2474.9) },
  { name: 'Li2S4', energy, mu: species(0.8, 1.7, 2474.8) },
  // no bond between sulfur atoms: the edge of the sulfide with its own two maxima
  {
    name: 'Li2S',
    energy,
    mu: energy.map(e => 0.5 + Math.atan((e - 2474) / 0.8) / Math.PI + 0.9 * line(2473.4, 0.9)(e) + 0.7 * line(2476.3, 1.1)(e)),
  },
]

// a discharge of 40 spectra: each species gives way to the next
const frames = 40
const random = createRandom(16)
const share = (f: number): number[] => {
  const t = f / (frames - 1)
  const bell = (at: number, width: number): number => Math.exp(-(((t - at) / width) ** 2))
  const raw = [Math.max(0, 1 - t / 0.35), bell(0.3, 0.16), bell(0.48, 0.16), Math.max(0, (t - 0.35) / 0.65) ** 1.2 * 1.6]
  const total = raw.reduce((a, b) => a + b)
  return raw.map(v => v / total)
}
const truth = Array.from({ length: frames }, (_, f) => share(f))
const values = Float64Array.from({ length: frames * energy.length }, (_, k) => {
  const [f, i] = [Math.floor(k / energy.length), k % energy.length]
  return truth[f]!.reduce((sum, w, j) => sum + w * references[j]!.mu[i]!, 0) + 0.01 * random.normal()
})
const voltage = Float64Array.from(
  { length: frames },
  (_, f) => 2.4 - 0.3 / (1 + Math.exp(-(f - 9) / 2)) - 0.3 / (1 + Math.exp(-(f - 37) / 1)),
)
const series = createDataset({
  name: 'mu',
  label: 'normalised absorption',
  dims: ['frame', 'energy'],
  shape: [frames, energy.length],
  values,
  unit: '',
  coords: {
    energy: { dims: ['energy'], values: energy, unit: 'eV' },
    time: { dims: ['frame'], values: Float64Array.from({ length: frames }, (_, f) => 900 * f), unit: 's' },
    voltage: { dims: ['frame'], values: voltage, unit: 'V' },
  },
})

// how many constituents, and whether each reference can be one of them
const { rank } = pca(series, { centre: false })
const space = pca(series, { centre: false, components: rank.bySignificance })
console.log(`components: ${rank.byIndicator} by the indicator function, ${rank.bySignificance} by the F test`)
for (const { name, mu } of references)
  console.log(`  ${name.padEnd(6)} SPOIL ${targetTransform(space, mu).spoil.toFixed(2)} (above 6: not in there)`)

// weights closed to one; the errors come from the full covariance
const range = [2466, 2486] as const
const { weights, rFactor } = linearCombinationSeries(series, references, { range, sum: 'one', negative: false })

// what one spectrum can tell: combinations ranked by evidence, not by residual. The lines are 0.6 eV wide, so that some 40 points are independent
const middle = values.subarray(16 * energy.length, 17 * energy.length)
const ranked = bestCombinations(energy, middle, references, { range, sum: 'one', most: 4, independentPoints: 40 })
console.table(
  ranked.slice(0, 4).map(r => ({
    references: r.names.join(' + '),
    'R factor': r.fit.rFactor.toExponential(2),
    'AICc above the best': r.difference.toFixed(1),
    evidence: r.evidence.toFixed(2),
  })),
)

// without references at all: what alternating least squares makes of it, and how far off it is
const resolved = await mcr(series, {
  components: 3,
  closed: true,
  pureFrames: { 0: 0, [frames - 1]: 1 },
  start: [0, frames - 1, 16],
  maxIterations: 200,
})
console.log(
  `MCR with two anchors: lack of fit ${resolved.lackOfFit.toFixed(2)} %, ${resolved.iterations} iterations; three components for four species`,
)

/** Weight, error and truth; a weight that ended at 0 has no error. */
const shown = ({ values, sigma }: Dataset, f: number, known: number): string =>
  `${values[f]!.toFixed(3)}${Number.isNaN(sigma![f]!) ? '' : ` ± ${sigma![f]!.toFixed(3)}`} (${known.toFixed(3)})`
console.table(
  [0, 10, 16, 22, 32, 39].map(f => ({
    frame: f,
    'voltage (V)': voltage[f]!.toFixed(2),
    ...Object.fromEntries(references.map(({ name }, j) => [name, shown(weights[name]!, f, truth[f]![j]!)])),
    'R factor': rFactor.values[f]!.toExponential(1),
  })),
)

const onTime = { values: series.coords.time!.values, label: 'Time', unit: 's' }
await showFigure(
  'xas-lcf-sulfur',
  operandoFigure(series, {
    title: 'Sulfur K edge of a discharge (simulated)',
    y: 'energy',
    yRange: [2466, 2486],
    trends: [
      {
        curves: references.map(({ name }) => ({
          x: onTime,
          y: weights[name]!.values,
          sigma: weights[name]!.sigma!,
          label: name,
          sigmaStyle: 'bars' as const,
        })),
        label: 'Share',
        range: [-0.05, 1.45],
        weight: 1.6,
      },
    ],
  }),
)
await showFigure(
  'xas-lcf-sulfur-references',
  linePlot(
    references.map(({ name, mu }) => ({ x: { values: energy, label: 'Photon energy', unit: 'eV' }, y: mu, label: name })),
    { title: 'Reference spectra (simulated)', yLabel: 'Normalised absorption' },
  ),
)
