import { createElectrochemistry } from 'operando'
import { createCircuit, differentialCapacity, summarizeCycles } from 'operando/cell'
import {
  bodePlot,
  capacityPlot,
  cyclingPlot,
  differentialCapacityPlot,
  type Figure,
  type FigureOptions,
  heatmap,
  linePlot,
  mapPlot,
  matrixPlot,
  nyquistPlot,
  operandoFigure,
  stackPlot,
  trendPlot,
} from 'operando/plot'

// Simulated data as a beamtime gives them: uneven frames, pauses, dead channels, noise that is the same every time.

const numbers = (n: number, f: (i: number) => number): Float64Array => Float64Array.from({ length: n }, (_, i) => f(i))

/** Noise between -1 and 1 without a generator: the fraction of a fast sine. */
const noise = (k: number): number => {
  const s = Math.sin(k * 12.9898) * 43758.5453
  return 2 * (s - Math.floor(s)) - 1
}

/** 90 frames: slow at first, a pause of three hours after frame 40, then three times as fast. */
export const frameTimes: Float64Array = numbers(90, i => (i < 40 ? 600 * i : 40 * 600 + 10800 + 200 * (i - 40)))
const q = numbers(500, j => 1.4 + 0.004 * j)

/** Share of the new phase in a frame. */
const fraction = numbers(90, i => Math.min(1, Math.max(0, (i - 12) / 55)))
const peak = (x: number, at: number, width: number): number => Math.exp(-(((x - at) / width) ** 2))

/** A two-phase reaction beside a solid solution, 90 frames x 500 channels. */
export const pattern: Float64Array = numbers(90 * 500, k => {
  const i = Math.floor(k / 500)
  const x = q[k % 500]!
  if (k % 500 >= 430 && k % 500 < 436) return Number.NaN
  const f = fraction[i]!
  const shift = 0.02 * f
  const clean =
    60 +
    900 * (1 - f) * (peak(x, 1.72, 0.012) + 0.6 * peak(x, 2.44, 0.014)) +
    900 * f * (peak(x, 1.8, 0.012) + 0.6 * peak(x, 2.55, 0.014)) +
    1800 * peak(x, 2.02 - shift, 0.011) +
    300 * peak(x, 3.0 - shift, 0.015)
  return Math.round(clean + 1.5 * Math.sqrt(clean) * noise(k))
})

const time = { values: frameTimes, label: 'Time', unit: 's' }
const qAxis = { values: q, label: 'q', unit: '1/Å' }
const grid = { x: time, y: qAxis, values: pattern, label: 'Intensity', unit: 'counts' }

/** The cycler writes every 60 s through the pause. */
const cyclerTimes = numbers(660, i => 60 * i - 900)
const voltage = {
  x: { values: cyclerTimes, label: 'Time', unit: 's' },
  y: numbers(660, i => 3.43 + 0.0004 * i + 0.6 * Math.exp((i - 660) / 40) - 0.5 * Math.exp(-i / 12)),
  label: 'Voltage',
  unit: 'V',
}
const lattice = {
  x: time,
  y: numbers(90, i => 8.27 - 0.09 * fraction[i]! + 0.003 * noise(i)),
  sigma: numbers(90, i => 0.003 + 0.002 * Math.abs(noise(i + 7))),
  label: 'a',
  unit: 'Å',
}
const phases = {
  curves: [
    { x: time, y: fraction.map(f => 1 - f), name: 'LiFePO₄' },
    { x: time, y: fraction, name: 'FePO₄' },
  ],
  label: 'Fraction',
  stacked: true,
}
const frame = (i: number): Float64Array => pattern.slice(i * 500, (i + 1) * 500)
const smooth = q.map(
  x => 60 + 900 * peak(x, 1.72, 0.012) + 540 * peak(x, 2.44, 0.014) + 1800 * peak(x, 2.02, 0.011) + 300 * peak(x, 3.0, 0.015),
)
const start = { seconds: 1_700_000_000, nanos: 0, source: 'utc' as const }

/** A cell that is charged and discharged, over and over, each time a little less. */
const cycled = (cycles: number): ReturnType<typeof createElectrochemistry> => {
  const [t, v, i] = [[0], [3.3], [0]]
  for (let c = 0; c < 2 * cycles; c++) {
    const rows = 60 - Math.floor(c / 2)
    for (let k = 1; k <= rows; k++) {
      t.push(t.at(-1)! + 300)
      i.push(c % 2 === 0 ? 1e-3 : -1e-3)
      v.push(3.45 + (c % 2 === 0 ? 0.04 : -0.04) + 0.3 * ((c % 2 === 0 ? k : rows - k) / 60 - 0.5) ** 3)
    }
    t.push(t.at(-1)! + 900)
    i.push(0)
    v.push(3.45)
  }
  return createElectrochemistry({ time: t, potential: { values: v, unit: 'V vs Li/Li+' }, current: i })
}
const impedance = createCircuit('R0-p(R1,CPE1)-W1').impedance(
  { R0: 8, R1: 60, 'CPE1.Q': 4e-5, 'CPE1.n': 0.82, 'W1.sigma': 14 },
  numbers(50, k => 10 ** (5 - k / 7)),
)
const disturbed = { ...impedance, real: impedance.real.map((re, k) => re * (1 + 0.02 * noise(k))) }

/** Every kind of figure, the usual and the awkward. */
export const gallery: Readonly<Record<string, (options?: FigureOptions) => Figure>> = {
  operando: options =>
    operandoFigure(grid, {
      voltage,
      trends: [phases, lattice],
      range: 'robust',
      title: 'Two phases and a solid solution',
      ...options,
    }),
  'heatmap log': options =>
    heatmap(grid, { norm: 'log', colorMap: 'magma', traces: [voltage], tracePosition: 'above', ...options }),
  'heatmap vertical': options => heatmap(grid, { orientation: 'vertical', traces: [voltage], norm: 'sqrt', ...options }),
  'heatmap dates': options => heatmap(grid, { clock: 'absolute', start, traces: [voltage], ...options }),
  'heatmap long labels': options =>
    heatmap(
      {
        ...grid,
        label: 'Background-corrected, monitor-normalised scattered intensity of the whole pouch cell',
        unit: 'counts per monitor count',
        y: { ...qAxis, label: 'Magnitude of the scattering vector after correction for sample displacement' },
      },
      {
        traces: [{ ...voltage, label: 'Potential of the working electrode against the reference', unit: 'V vs. Li/Li⁺' }],
        title:
          'A title that says at great length which cell was measured, at which beamline, at what temperature and by whom, and more',
        ...options,
      },
    ),
  'heatmap one frame': options => heatmap({ ...grid, x: { ...time, values: [1200] }, values: frame(0) }, options),
  'heatmap constant': options => heatmap({ ...grid, values: pattern.map(() => 7) }, options),
  'heatmap without values': options => heatmap({ ...grid, values: pattern.map(() => Number.NaN) }, options),
  'heatmap huge': options =>
    heatmap(
      { ...grid, values: pattern.map(v => v * 3e12) },
      { norm: 'linear', traces: [{ ...voltage, y: voltage.y.map(v => v * 1e-7) }], ...options },
    ),
  'heatmap difference': options =>
    heatmap({ ...grid, values: pattern.map((v, k) => v - pattern[k % 500]!), label: 'Difference' }, { center: 0, ...options }),
  'cycling time': options => cyclingPlot(cycled(3), options),
  'cycling capacity': options => cyclingPlot(cycled(12), { against: 'capacity', per: { activeMass: '30 mg' }, ...options }),
  'cycling named': options => cyclingPlot(cycled(3), { against: 'capacity', ...options }),
  'cycling capacities': options => capacityPlot(summarizeCycles(cycled(12)), options),
  'cycling dQ dV': options =>
    differentialCapacityPlot(
      [0, 1].map(cycle => ({
        cycle,
        curve: differentialCapacity({
          potential: numbers(200, k => 3.2 + 0.003 * k),
          capacity: numbers(200, k => 60 * (1 + Math.tanh((k - 90 - 9 * cycle) / 14))),
        }),
      })),
      options,
    ),
  nyquist: options => nyquistPlot({ spectrum: disturbed, fit: impedance }, options),
  'nyquist several': options => nyquistPlot([{ spectrum: disturbed, name: 'Before' }, impedance], options),
  bode: options => bodePlot({ spectrum: disturbed, fit: impedance }, options),
  'line fit': options =>
    linePlot(
      [
        { x: qAxis, y: frame(0), label: 'Intensity', unit: 'counts' },
        { x: qAxis, y: smooth },
      ],
      {
        residual: 'difference',
        reflections: [
          { positions: [1.72, 2.44], label: 'LiFePO₄' },
          { positions: [2.02, 3.0], label: 'Layered oxide' },
        ],
        ...options,
      },
    ),
  'line log with bars': options =>
    linePlot(
      [
        {
          x: { values: numbers(40, i => 0.01 * 1.12 ** i), label: 'q', unit: '1/Å' },
          y: numbers(40, i => 1e5 * (0.01 / (0.01 * 1.12 ** i)) ** 4 * (1 + 0.1 * noise(i)) + 3),
          sigma: numbers(40, i => 0.2 * 1e5 * 1.12 ** (-4 * i) + 1),
          label: 'I',
          unit: '1/cm',
          name: 'Pristine',
        },
        {
          x: { values: numbers(40, i => 0.01 * 1.12 ** i), label: 'q', unit: '1/Å' },
          y: numbers(40, i => 4e4 * 1.12 ** (-3.5 * i) + 6),
          label: 'I',
          unit: '1/cm',
          name: 'After 100 cycles',
        },
      ],
      { xScale: 'log', yScale: 'log', ...options },
    ),
  'line negative and symlog': options =>
    linePlot(
      {
        x: { values: numbers(300, i => i / 10), label: 'r', unit: 'Å' },
        y: numbers(300, i => 40 * Math.sin(i / 5) * Math.exp(-i / 90) - 1e-3 * i),
        label: 'G(r)',
        unit: 'Å⁻²',
      },
      { yScale: 'symlog', linearWidth: 0.1, ...options },
    ),
  'line many names': options =>
    linePlot(
      Array.from({ length: 9 }, (_, k) => ({
        x: qAxis,
        y: frame(10 * k),
        label: 'Intensity',
        unit: 'counts',
        name: `Frame ${10 * k}, charged to ${(3.4 + 0.1 * k).toFixed(1)} V against lithium`,
      })),
      options,
    ),
  stack: options => stackPlot(grid, { colorBy: { values: fraction, label: 'Fraction of FePO₄' }, ...options }),
  'stack huge': options => stackPlot({ ...grid, values: pattern.map(v => v * 1e6) }, { frames: [0, 30, 60, 89], ...options }),
  map: options =>
    mapPlot(
      {
        values: numbers(60 * 80, k =>
          Math.hypot((k % 80) - 40, Math.floor(k / 80) - 30) > 29
            ? Number.NaN
            : Math.sin((k % 80) / 6) * Math.cos(Math.floor(k / 80) / 7) + 0.2 * noise(k),
        ),
        shape: [60, 80],
        x: { values: numbers(80, i => 0.25 * i), label: 'x', unit: 'µm' },
        y: { values: numbers(60, i => 0.25 * i), label: 'y', unit: 'µm' },
        label: 'State of charge',
      },
      { scaleBar: true, yDirection: 'up', ...options },
    ),
  'map detector': options =>
    mapPlot(
      { values: numbers(50 * 200, k => 100 * Math.abs(noise(k)) * (1 + (k % 200))), shape: [50, 200], label: 'Counts' },
      { norm: 'log', ...options },
    ),
  matrix: options =>
    matrixPlot(
      numbers(16, k => (k % 5 === 0 ? 1 : 0.9 * noise(k))),
      { labels: ['Scale factor', 'a (Å)', 'Zero shift', 'Occupancy'], ...options },
    ),
  'matrix long names': options =>
    matrixPlot(
      numbers(14 * 14, k => (k % 15 === 0 ? 1 : 0.9 * noise(k))),
      { labels: Array.from({ length: 14 }, (_, i) => `Lattice parameter ${i} (Å)`), ...options },
    ),
  'matrix of frames': options =>
    matrixPlot(
      numbers(60 * 60, k => Math.cos((Math.floor(k / 60) - (k % 60)) / 12)),
      options,
    ),
  trends: options =>
    trendPlot(
      [
        lattice,
        {
          ...lattice,
          y: lattice.y.map(v => v * 2),
          sigma: lattice.sigma.map(v => 4 * v),
          sigmaStyle: 'band',
          lineWidth: 1.3,
          label: 'c',
          unit: 'Å',
        },
        phases,
        { curves: [{ x: time, y: fraction.map(f => 10 ** (3 * f - 5)), label: 'Microstrain' }], scale: 'log' },
      ],
      options,
    ),
  'trend alone': options =>
    trendPlot(
      [
        {
          x: { values: numbers(20, i => i / 19), label: 'x in LiₓFePO₄' },
          y: numbers(20, i => -5e-5 * i * i),
          label: 'Volume change',
          unit: '%',
          marker: 'square',
          lineWidth: 1,
        },
      ],
      options,
    ),
}
