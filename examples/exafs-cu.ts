// Copper foil at three temperatures: background, transform, wavelets, a fit of the first shell to all three together, and what it tells of bond and motion.
// Real spectra and FEFF's paths where ../shared stands; simulated ones with made-up amplitudes elsewhere.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ScatteringPath } from 'operando'
import { parseFeffPath } from 'operando/io'
import { openDataset } from 'operando/io/node'
import { createRandom, formatFit } from 'operando/numeric'
import { type CurveInput, linePlot, mapPlot } from 'operando/plot'
import {
  autobk,
  cauchyWavelet,
  createCorrelatedDebye,
  type ExafsData,
  type ExafsFitOptions,
  ff2chi,
  fitExafs,
  fitThermalDisorder,
  xftf,
  xftr,
} from 'operando/spectroscopy'
import { showFigure } from './demo/showFigure.js'

const folder = resolve(import.meta.dirname, '../../shared/data/spectroscopy/xas')
const isReal = existsSync(folder)
console.log(isReal ? 'Measured spectra of copper foil.' : 'Simulated spectra: ../shared is not here.')

/** chi(k) at a temperature, K. */
interface Spectrum {
  readonly temperature: number
  readonly k: Float64Array
  readonly chi: Float64Array
}

/** A first shell of copper with smooth amplitudes that no calculation stands behind. */
function madeUpPath(): ScatteringPath {
  const k = Float64Array.from({ length: 41 }, (_, i) => 0.5 * i)
  const atoms = [0, 2.5478].map((x, potential) => ({ label: 'Cu', element: 'Cu', potential, position: [x, 0, 0] as const }))
  return {
    ...{
      name: 'Cu-Cu',
      title: 'made up',
      edge: 'K',
      legs: 2,
      degeneracy: 12,
      reff: 2.5478,
      rnorman: 2.63,
      edgeEnergy: 0,
      atoms,
      potentials: [],
      k,
    },
    realPhc: k.map(q => 3.5 - 0.3 * q),
    magFeff: k.map(q => 0.06 * q * Math.exp(-(((q - 6) / 7) ** 2)) + 1e-3),
    phaseFeff: k.map(q => -5 - 0.6 * q),
    redFactor: k.map(() => 1),
    lambda: k.map(q => 5 + 2 * q),
    realP: k.map(q => Math.sqrt(q * q + 3)),
  }
}

async function measured(): Promise<Spectrum[]> {
  const files = [
    { file: 'cu_10k.xmu', temperature: 10, e0: 8977, kmax: 18 },
    { file: 'cu_150k.xmu', temperature: 150, e0: 8977, kmax: 18 },
    { file: 'cu_rt01.xmu', temperature: 295, e0: 8979, kmax: 18 },
  ]
  return Promise.all(
    files.map(async ({ file, temperature, e0, kmax }) => {
      const mu = await openDataset(resolve(folder, 'larch', file), { format: 'columns', lenient: true })
      const energy = mu.coords[mu.dims[0]!]!.values
      const { k, chi } = autobk(energy, mu.values, { e0, rbkg: 1.1, kweight: 2, kmax })
      return { temperature, k, chi }
    }),
  )
}

function simulated(path: ScatteringPath): Spectrum[] {
  const random = createRandom(7)
  const debye = createCorrelatedDebye(path)
  return [10, 150, 295].map(temperature => {
    const { k, chi } = ff2chi([{ path, s02: 0.9, e0: 4, sigma2: debye(temperature, 315), deltar: 2e-5 * temperature }], {
      kmax: 18,
    })
    return { temperature, k, chi: chi.map(value => value + 2e-4 * random.normal()) }
  })
}

const path = isReal
  ? parseFeffPath(await readFile(resolve(folder, 'feff/Cu/feff0001.dat'), 'utf8'), { file: 'feff0001.dat' })
  : madeUpPath()
const spectra = isReal ? await measured() : simulated(path)

// one amplitude and one e0 for each beamline's energies, distances and disorder for each temperature; the third cumulant is held at 0
const data = spectra.map(
  ({ temperature, k, chi }): ExafsData => ({
    name: `T${temperature}`,
    k,
    chi,
    paths: [{ path, label: 'CuCu', s02: 'amp', e0: 'e0', sigma2: 'ss2', deltar: 'dr' }],
  }),
)
const range: ExafsFitOptions = { kmin: 3, kmax: 16, kweight: 2, dk: 2, window: 'hanning', rmin: 1.5, rmax: 2.8, space: 'R' }
const fit = fitExafs(
  data,
  {
    amp: { value: 0.9, min: 0 },
    e0: { value: 4, each: true },
    ss2: { value: 0.005, min: 0, each: true },
    dr: { value: 0, each: true },
  },
  range,
)
console.log(formatFit(fit))

// what a skew distribution does: with the third cumulant free the warm bond does not shrink
const warm = data.at(-1)!
const skew = fitExafs(
  { ...warm, paths: warm.paths.map(shell => ({ ...shell, s02: fit.parameters.amp!.value, third: 'c3' })) },
  { e0: 4, ss2: 0.008, dr: 0, c3: 0 },
  range,
)

const withError = ({ value, standardError }: { value: number; standardError: number | null }, digits: number): string =>
  `${value.toFixed(digits)} ± ${(standardError ?? Number.NaN).toFixed(digits)}`
console.table(
  fit.sets.map(({ name, rFactor, independent, paths: [shell] }) => ({
    spectrum: name,
    'R (Å)': withError(shell!.r, 4),
    'sigma² (1e-3 Å²)': withError(
      { value: 1e3 * shell!.sigma2.value, standardError: 1e3 * (shell!.sigma2.standardError ?? Number.NaN) },
      2,
    ),
    'S0²': withError(shell!.s02, 3),
    'R factor': rFactor.toFixed(4),
    independent: independent.toFixed(1),
  })),
)

const [skewShell] = skew.sets[0]!.paths
console.log(
  `With the third cumulant free, ${withError({ value: 1e4 * skewShell!.third.value, standardError: 1e4 * skewShell!.third.standardError! }, 1)} 1e-4 Å³: R = ${withError(skewShell!.r, 4)} Å at ${warm.name!.slice(1)} K`,
)

const motion = fitThermalDisorder(
  spectra.map(({ temperature }) => temperature),
  fit.sets.map(({ paths: [shell] }) => shell!.sigma2.value),
  { path, static: 0, sigma: fit.sets.map(({ paths: [shell] }) => shell!.sigma2.standardError ?? 1e-4) },
)
console.log(
  `Einstein temperature ${withError(motion.theta, 0)} K, bond ${withError(motion.forceConstant, 1)} N/m, ${withError(motion.frequency, 2)} THz`,
)

const weighted = (k: Float64Array, chi: Float64Array): Float64Array => chi.map((value, i) => value * k[i]! ** 2)
const cold = fit.sets[0]!.curves!
const back = xftr(xftf(cold.k, cold.data.chi, { kmin: 3, kmax: 16, kweight: 2, dk: 2, window: 'hanning' }), {
  rmin: 1.5,
  rmax: 2.8,
  dr: 0.2,
})
await showFigure(
  'exafs-cu-k',
  linePlot(
    [
      ...fit.sets.map(({ name, curves }) => ({
        x: { values: curves!.k, label: 'k', unit: '1/Å' },
        y: weighted(curves!.k, curves!.data.chi),
        name: `${name.slice(1)} K`,
      })),
      { x: { values: back.q, label: 'k', unit: '1/Å' }, y: back.re, name: 'first shell at 10 K', dash: [5, 3] },
    ],
    { title: 'Copper foil, k² χ(k)', xRange: [2, 17], yLabel: 'k² χ' },
  ),
)
await showFigure(
  'exafs-cu-r',
  linePlot(
    fit.sets.flatMap(({ name, curves }, i): CurveInput[] => {
      const x = { values: curves!.r, label: 'R', unit: 'Å' }
      const temperature = `${name.slice(1)} K`
      const color = ['#0072b2', '#009e73', '#d55e00'][i]!
      const magnitudes: CurveInput[] = [
        { x, y: curves!.data.magnitude, name: temperature, marker: 'circle', markerSize: 2.5, lineWidth: 0, color },
        { x, y: curves!.model.magnitude, name: `fit ${temperature}`, color },
      ]
      if (i > 0) return magnitudes
      return [
        ...magnitudes,
        { x, y: curves!.data.re, name: 'real part', dash: [2, 2], color: '#666666' },
        { x, y: curves!.model.re, name: 'its fit', color: '#666666' },
      ]
    }),
    { title: 'Copper foil, χ(R) and the first shell', xRange: [0.5, 6], yLabel: '|χ(R)|, Re χ(R) (Å⁻³)' },
  ),
)
const map = cauchyWavelet(cold.k, cold.data.chi, { kweight: 2, rmaxOut: 6 })
await showFigure(
  'exafs-cu-wavelet',
  mapPlot(
    {
      values: map.magnitude,
      shape: [map.r.length, map.k.length],
      x: { values: map.k, label: 'k', unit: '1/Å' },
      y: { values: map.r, label: 'R', unit: 'Å' },
      label: 'magnitude',
    },
    { title: 'Copper foil at 10 K, Cauchy wavelets', yDirection: 'up', equalAspect: false },
  ),
)
