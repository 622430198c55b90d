// The experiment that ships with the repository: its configuration, and what was put into it.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createUnitCell } from 'operando'
import type { FitPhase, PowderReflection } from 'operando/scattering'
import type { OperandoDiffractionConfig, OperandoDiffractionResult } from 'operando/workflow/node'

/** The folder with frames, potentiostat file and truth. */
export const SIMULATED: string = resolve(import.meta.dirname, '../data/simulated-lfp')

interface PhaseFile {
  readonly cell: readonly [number, number, number, number, number, number]
  readonly reflections: readonly PowderReflection[]
}

/** The phases of the simulated cell: LiFePO4 and FePO4 are one couple, the copper collector is the internal standard. */
export function simulatedPhases(): FitPhase[] {
  const { phases } = JSON.parse(readFileSync(join(SIMULATED, 'phases.json'), 'utf8')) as { phases: Record<string, PhaseFile> }
  return Object.entries(phases).map(([name, { cell, reflections }]) => {
    const [a, b, c, alpha, beta, gamma] = cell
    return {
      name,
      cell: createUnitCell({ a, b, c, alpha, beta, gamma }),
      reflections,
      couple: name.endsWith('FePO4') ? 'olivine' : undefined,
      formulaUnits: name.endsWith('FePO4') ? 4 : name === 'NMC622' ? 3 : 4,
      fixedCell: name === 'Cu',
    }
  })
}

/** What a beamline scientist would write for this experiment. */
export function simulatedConfig(): OperandoDiffractionConfig {
  return {
    title: 'LiFePO₄ + NMC622 against Li, first cycle',
    notice:
      'These data are SIMULATED by scripts/demo of operando: no cell was cycled. What was put in stands beside them in truth.csv.',
    patterns: join(SIMULATED, 'frames'),
    electrochemistry: join(SIMULATED, 'lfp_nmc_GCPL.mpt'),
    wavelength: 0.8266,
    phases: simulatedPhases(),
    background: 10,
    zero: 'refine',
  }
}

/** One quantity, recovered against true, over all frames that have it. */
export interface Recovered {
  /** What it is. */
  readonly name: string
  /** Frames with a value. */
  readonly frames: number
  /** Mean of recovered minus true, each weighted by 1 / sigma². */
  readonly bias: number
  /** Standard uncertainty of that mean, if the fits are independent. */
  readonly biasSigma: number
  /** Median standard uncertainty that the fit claims. */
  readonly sigma: number
  /** Root mean square of (recovered - true) / sigma: 1 when the uncertainties are honest. */
  readonly pull: number
  /** Largest of them. */
  readonly worst: number
}

/**
 * Compares results with what was put in.
 * @param result The results.
 */
export function compareWithTruth(result: OperandoDiffractionResult): Recovered[] {
  const table = truthTable()
  const pairs: [string, string][] = [
    ['FePO4.fraction', 'fraction_FePO4'],
    ['NMC622.a', 'a_NMC622_A'],
    ['NMC622.c', 'c_NMC622_A'],
  ]
  const truth = JSON.parse(readFileSync(join(SIMULATED, 'truth.json'), 'utf8')) as {
    zero: number
    cells: Record<string, number[]>
    clock: { offset: number }
  }
  const found = pairs.map(([trend, column]) => compare(trend, result, i => table[column]![i]!))
  const constant: [string, number][] = [
    ['LiFePO4.a', truth.cells.LiFePO4![0]!],
    ['FePO4.a', truth.cells.FePO4![0]!],
    ['zero', truth.zero],
  ]
  return [...found, ...constant.map(([trend, value]) => compare(trend, result, () => value))]
}

/** The clocks: offset found and its uncertainty against the true one, in s of the run. */
export function clockAgainstTruth(result: OperandoDiffractionResult): { found: number; sigma: number | null; truth: number } {
  const { clock } = JSON.parse(readFileSync(join(SIMULATED, 'truth.json'), 'utf8')) as { clock: { offset: number } }
  const relation = result.clock!.relation
  // truth counts from the wall clocks; the run from its first frame
  return { found: relation.offset - result.clock!.wallOffset!, sigma: relation.sigma, truth: clock.offset }
}

function compare(name: string, { trends }: OperandoDiffractionResult, truth: (frame: number) => number): Recovered {
  const trend = trends[name]!
  const frames = [...trend.values.keys()].filter(i => !Number.isNaN(trend.values[i]))
  const off = frames.map(i => trend.values[i]! - truth(i))
  const sigmas = frames.map(i => trend.sigma![i]!)
  const pulls = off.map((d, k) => d / sigmas[k]!)
  const weights = sigmas.map(sigma => sigma ** -2)
  const total = weights.reduce((sum, w) => sum + w, 0)
  return {
    name,
    frames: frames.length,
    bias: off.reduce((sum, d, k) => sum + d * weights[k]!, 0) / total,
    biasSigma: total ** -0.5,
    sigma: [...sigmas].sort((a, b) => a - b)[sigmas.length >> 1]!,
    pull: Math.sqrt(pulls.reduce((sum, p) => sum + p * p, 0) / pulls.length),
    worst: Math.max(...pulls.map(Math.abs)),
  }
}

/** truth.csv as columns. */
export function truthTable(): Record<string, number[]> {
  const [head, ...rows] = readFileSync(join(SIMULATED, 'truth.csv'), 'utf8').trim().split('\n')
  const names = head!.split(',')
  const cells = rows.map(row => row.split(',').map(Number))
  return Object.fromEntries(names.map((name, k) => [name, cells.map(row => row[k]!)]))
}
