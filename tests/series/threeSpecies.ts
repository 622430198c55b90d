import { createDataset, type Dataset } from 'operando'

/** Three species A to B to C with sum one and smooth spectra, as the script of the reference makes them. */
export interface ThreeSpecies {
  /** frames x points. */
  readonly series: Dataset<'frame' | 'energy'>
  /** frames x 3. */
  readonly concentrations: Float64Array
  /** 3 x points. */
  readonly spectra: Float64Array
}

const fraction = (x: number): number => x - Math.floor(x)

/** A system with hash noise, which any language with IEEE doubles reproduces to some 1e-9. */
export function threeSpecies({ seed, noise, overlap = true }: { seed: number; noise: number; overlap?: boolean }): ThreeSpecies {
  const [frames, points] = [60, 120]
  const [k1, k2] = [0.55, 0.3]
  const concentrations = new Float64Array(frames * 3)
  for (let f = 0; f < frames; f++) {
    const t = (10 * f) / (frames - 1)
    const a = Math.exp(-k1 * t)
    const b = (k1 / (k2 - k1)) * (Math.exp(-k1 * t) - Math.exp(-k2 * t))
    concentrations.set([a, b, 1 - a - b], 3 * f)
  }
  const w = overlap ? 0.09 : 0.04
  const g = (x: number, m: number, s: number): number => Math.exp(-0.5 * ((x - m) / s) ** 2)
  const spectra = new Float64Array(3 * points)
  for (let i = 0; i < points; i++) {
    const x = i / (points - 1)
    spectra[i] = g(x, 0.3, w) + 0.4 * g(x, 0.75, 0.05)
    spectra[points + i] = 0.9 * g(x, 0.45, w) + 0.3 * g(x, 0.8, 0.06)
    spectra[2 * points + i] = 1.1 * g(x, 0.6, w) + 0.1
  }
  const values = new Float64Array(frames * points)
  for (let i = 0; i < values.length; i++) {
    const [f, p] = [Math.floor(i / points), i % points]
    const u = fraction(Math.sin(seed * 127.1 + i * 311.7) * 43758.5453)
    const v = fraction(Math.sin(seed * 269.5 + i * 183.3) * 43758.5453)
    let sum = noise * Math.sqrt(-2 * Math.log(u + 1e-12)) * Math.cos(2 * Math.PI * v)
    for (let c = 0; c < 3; c++) sum += concentrations[3 * f + c]! * spectra[c * points + p]!
    values[i] = sum
  }
  const series = createDataset({
    name: 'mu',
    dims: ['frame', 'energy'],
    shape: [frames, points],
    values,
    unit: '',
    coords: { time: { dims: ['frame'], values: Float64Array.from({ length: frames }, (_, f) => 10 * f), unit: 's' } },
  })
  return { series, concentrations, spectra }
}
