// How does LiFePO4 give up its lithium? Rietveld frame by frame, phases that come and go, and the verdict.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createDataset, createStructure, type Dataset, type Structure } from 'operando'
import { open } from 'operando/io/node'
import { createRandom } from 'operando/numeric'
import { trendPlot } from 'operando/plot'
import { mechanism, phaseOfStructure, sequential, simulatePattern } from 'operando/scattering'
import { formatUncertain } from 'operando/workflow'
import { showFigure } from './demo/showFigure.js'

const wavelength = 0.559407 // Ag K-alpha1
const olivine = (name: string, [a, b, c]: readonly [number, number, number], lithium: boolean): Structure =>
  createStructure({
    name,
    cell: { a, b, c },
    spaceGroup: 'Pnma',
    sites: [
      ...(lithium ? [{ element: 'Li', position: [0, 0, 0] as const, uIso: 0.012 }] : []),
      { element: 'Fe', position: lithium ? [0.2822, 0.25, 0.9747] : [0.2753, 0.25, 0.9478], uIso: 0.005 },
      { element: 'P', position: lithium ? [0.0949, 0.25, 0.4182] : [0.093, 0.25, 0.393], uIso: 0.005 },
      { element: 'O', position: lithium ? [0.0971, 0.25, 0.7428] : [0.1215, 0.25, 0.7086], uIso: 0.008 },
      { element: 'O', position: lithium ? [0.4571, 0.25, 0.206] : [0.4385, 0.25, 0.1591], uIso: 0.008 },
      { element: 'O', position: lithium ? [0.1656, 0.0465, 0.2848] : [0.1663, 0.0433, 0.2506], uIso: 0.008 },
    ],
  })
const phases = [olivine('LiFePO4', [10.332, 6.01, 4.692], true), olivine('FePO4', [9.83, 5.795, 4.782], false)]

/** Every fourth of 181 sums of ten scans, measured in a laboratory over six days, where they stand beside the checkout. */
async function measured(folder: string): Promise<Dataset> {
  const read = async (name: string): Promise<ArrayLike<number>> => {
    const opened = await open(join(folder, name))
    if (opened.kind !== 'arrays') throw new Error(`${name} holds ${opened.kind}`)
    return opened.arrays.data!.values as ArrayLike<number>
  }
  const q = Float64Array.from(await read('q_f64.npy.gz'))
  const counts = await read('counts_sum10_181x6487_u16.npy.gz')
  // below, lines lean over, and lithium's crystals flash up
  const points = [...q.keys()].filter(i => q[i]! > 3.3 && q[i]! < 5)
  const frames = Array.from({ length: 46 }, (_, i) => 4 * i)
  return createDataset({
    name: 'I',
    dims: ['frame', 'q'],
    shape: [frames.length, points.length],
    values: Float64Array.from(frames.flatMap(frame => points.map(i => counts[frame * q.length + i]!))),
    unit: 'counts',
    coords: {
      q: { dims: ['q'], values: Float64Array.from(points, i => q[i]!), unit: '1/Å' },
      time: { dims: ['frame'], values: frames.map(frame => frame * 3000), unit: 's' },
    },
  })
}

/** One charge of the same electrode, simulated. */
async function simulated(): Promise<Dataset> {
  const twoTheta = Float64Array.from({ length: 1500 }, (_, i) => 17 + 0.006 * i)
  const drawn = await Promise.all(
    phases.map(async structure => (await phaseOfStructure(structure, { wavelength, twoThetaMax: 30 })).phase),
  )
  const shares = Array.from({ length: 25 }, (_, i) => Math.min(1, Math.max(0, (i - 2) / 20)))
  const frames = shares.flatMap((share, i) => {
    const lines = simulatePattern(
      twoTheta,
      drawn.map((phase, p) => ({ ...phase, amount: 0.5 * (p === 0 ? 1 - share : share) })),
      { wavelength, fwhm: 0.12 },
    )
    return [...createRandom(1, i).counts(lines.map(v => v + 300))]
  })
  return createDataset({
    name: 'I',
    dims: ['frame', 'twoTheta'],
    shape: [shares.length, twoTheta.length],
    values: frames,
    unit: 'counts',
    coords: {
      twoTheta: { dims: ['twoTheta'], values: twoTheta, unit: 'deg' },
      time: { dims: ['frame'], values: shares.map((_, i) => 3000 * i), unit: 's' },
    },
  })
}

const folder = resolve(import.meta.dirname, '../../shared/data/scattering/operando_xrd_LFP')
const isMeasured = existsSync(folder)
const series = isMeasured ? await measured(folder) : await simulated()
console.log(`${series.shape[0]} patterns, ${isMeasured ? 'measured' : 'simulated'}`)

const begin = performance.now()
const result = await sequential(series, {
  phases,
  couples: [{ phases: ['LiFePO4', 'FePO4'], formulaUnits: [4, 4] }],
  wavelength,
  background: 8,
  polarization: isMeasured ? 'unpolarised' : 'corrected',
  parameters: { '*.size': { value: 0, vary: false }, '*.strain': { max: 3 } },
})
console.log(`${((performance.now() - begin) / series.shape[0]!).toFixed(0)} ms a pattern`)

const { parameters, presence, status } = result
const told = (name: string, i: number): string => formatUncertain(parameters[name]!.values[i]!, parameters[name]!.sigma?.[i])
const shown = [0, 3, 5, 8, 11, 17, 24].filter(i => i < status.length)
console.table(
  shown.map(i => ({
    'time (h)': (parameters['FePO4.fraction']!.coords.time!.values[i]! / 3600).toFixed(1),
    status: status[i],
    'a of LiFePO4 (Å)': told('LiFePO4.a', i),
    'a of FePO4 (Å)': presence.FePO4![i]! > 0 ? told('FePO4.a', i) : 'absent',
    'FePO4 (mole fraction)': told('FePO4.fraction', i),
    'χ²': result.quality.values[i]!.toFixed(2),
  })),
)

const { verdict, evidence, volumeChange, twoPhaseShare } = mechanism(result, {
  phases: ['LiFePO4', 'FePO4'],
  formulaUnits: [4, 4],
})
console.log(
  `Verdict: ${verdict} (${(100 * twoPhaseShare!).toFixed(1)} % by conversion); volume ${(100 * volumeChange!.value).toFixed(2)} %`,
)
for (const sentence of evidence) console.log(`- ${sentence}`)

const hours = {
  values: Float64Array.from(parameters['FePO4.fraction']!.coords.time!.values, t => t / 3600),
  label: 'Time',
  unit: 'h',
}
const trend = (name: string, label: string, unit: string, panel: string) => ({
  x: hours,
  y: parameters[name]!.values,
  sigma: parameters[name]!.sigma,
  label: panel,
  name: label,
  unit,
})
await showFigure(
  'operando-lfp',
  trendPlot(
    [
      trend('FePO4.fraction', 'FePO₄', '', 'Mole fraction'),
      trend('LiFePO4.a', 'LiFePO₄', 'Å', 'a of LiFePO₄'),
      trend('FePO4.a', 'FePO₄', 'Å', 'a of FePO₄'),
    ],
    { title: `LiFePO₄: ${verdict}` },
  ),
)
