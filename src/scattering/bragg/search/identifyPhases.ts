import { asFloat64, assertRising } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { createPace } from '../../../core/progress.js'
import { toValue } from '../../../core/quantity.js'
import { cellVolume } from '../../../model/crystal/cellVolume.js'
import { latticeSystem } from '../../../model/crystal/latticeSystem.js'
import { weightedMedian } from '../../../numeric/statistics/quantile.js'
import { estimateBackground } from '../../background/estimateBackground.js'
import { asPattern } from '../../pattern.js'
import { findPeaks } from '../../peaks/findPeaks.js'
import { evenStep } from '../../profiles/sumPseudoVoigts.js'
import { SYSTEM_NUMBERS } from '../lineProblem.js'
import { phaseOfStructure } from '../phases/phaseOfStructure.js'
import type { RefinementPattern } from '../refinement/refinementTypes.js'
import { type Candidate, createRunningMean, type SearchAxis, sharpened } from './candidateModel.js'
import { combinePhases } from './combinePhases.js'
import type { CandidatePhase, IdentifiedPhases, IdentifyPhasesOptions } from './searchTypes.js'

const OPTIONS: FieldsOf<IdentifyPhasesOptions> = {
  wavelength: true,
  doublet: true,
  polarization: true,
  fwhm: true,
  cellRoom: true,
  maxPhases: true,
  intensityError: true,
  minFound: true,
  significance: true,
  background: true,
  signal: true,
  onProgress: true,
}

/**
 * Which of some known phases explain a pattern: each is drawn from its structure, its cell strained to where it fits best, and held against the pattern; phases are then taken together, the best first, with amounts from
 * non-negative least squares, as long as each explains something that the others do not and has its lines where they should be. Ranked are all, with what speaks for and against each.
 *
 * Intensities of structures are trusted to `intensityError` only, so texture does not fail it; two candidates of one structure type with cells that can be strained into each other cannot be told apart.
 *
 * @param pattern    Angles and intensities; NaN and masked points are left out.
 * @param candidates Structures, or cells with lines.
 * @param options    Wavelength; how far cells and intensities may be off.
 * @throws OperandoError `E_ARGUMENT` without candidates, wavelength or names, `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_RANGE`, `E_ABORTED`.
 * @see the idea of whole-pattern search: P. Scardi et al., Powder Diffraction 16 (2001) 244
 * @example
 * ```ts
 * import { createUnitCell } from 'operando'
 * import { identifyPhases, simulatePattern } from 'operando/scattering'
 * const cubic = (name: string, a: number) => ({
 *   name,
 *   cell: createUnitCell({ a }),
 *   reflections: [{ hkl: [1, 1, 1] as const, multiplicity: 8, f2: 9000 }, { hkl: [2, 0, 0] as const, multiplicity: 6, f2: 8000 }],
 * })
 * const twoTheta = Float64Array.from({ length: 1500 }, (_, i) => 30 + 0.02 * i)
 * const there = { ...cubic('Cu', 3.62), amount: 1 } // strained against the copper that is known
 * const intensity = simulatePattern(twoTheta, [there], { wavelength: 1.5406, fwhm: 0.1 }).map(y => y + 100)
 * const { phases } = await identifyPhases({ twoTheta, intensity }, [cubic('Al', 4.05), cubic('Cu', 3.615)], { wavelength: 1.5406 })
 * console.log(phases.map(({ name, present, cell }) => [name, present, cell.a])) // Cu, 3.62; not Al
 * ```
 */
export async function identifyPhases(
  pattern: RefinementPattern,
  candidates: readonly CandidatePhase[],
  options: IdentifyPhasesOptions,
): Promise<IdentifiedPhases> {
  assertFields(pattern, 'identifyPhases: the pattern', ['twoTheta', 'intensity'])
  assertFields(options, 'identifyPhases options', [])
  assertKnown(options, 'identifyPhases options', OPTIONS)
  if (!Array.isArray(candidates as unknown) || candidates.length === 0)
    throw new OperandoError('E_ARGUMENT', 'identifyPhases: candidates expected, found none.')
  const { doublet, cellRoom = 0.015, intensityError = 0.1, polarization = 'corrected' } = options
  const given = options.wavelength ?? doublet?.wavelengths[0]
  if (given === undefined) throw new OperandoError('E_ARGUMENT', 'identifyPhases: a wavelength (Å) or a doublet expected.')
  const wavelength = toValue(given, 'Å', 'wavelength')
  if (!(wavelength > 0 && cellRoom > 0 && cellRoom < 0.2 && intensityError >= 0))
    throw new OperandoError(
      'E_RANGE',
      `identifyPhases: wavelength = ${wavelength} Å, cellRoom = ${cellRoom}, intensityError = ${intensityError}: above 0 (cellRoom below 0.2) expected.`,
    )
  const all = asPattern(pattern.twoTheta, pattern.intensity, { mask: pattern.mask })
  assertRising(all.x, 'twoTheta')
  const [x, y] = [all.x, all.y]
  const peaks = findPeaks(x, y, { mask: pattern.mask })
  const fwhm = options.fwhm === undefined ? typicalWidth(peaks, x) : toValue(options.fwhm, 'deg', 'fwhm')
  const background =
    options.background === undefined
      ? estimateBackground(x, y, { width: Math.min(12 * fwhm, (x[x.length - 1]! - x[0]!) / 4), mask: pattern.mask })
      : asFloat64(options.background, 'background', { length: x.length })
  const sigma = sigmaOf(pattern, y)
  const net = new Float64Array(x.length)
  const weight = new Float64Array(x.length)
  for (const i of all.good) {
    net[i] = y[i]! - background[i]!
    weight[i] = 1 / (sigma[i]! ** 2 + (intensityError * net[i]!) ** 2)
  }
  const used = Uint8Array.from(weight, w => Number(w > 0))
  const axis: SearchAxis = {
    x,
    step: evenStep(x),
    wavelength,
    doublet,
    polarization,
    fwhm,
    used,
    mean: createRunningMean(x, used, fwhm),
  }
  const warnings: Issue[] = []
  const known: Candidate[] = []
  for (const candidate of candidates) {
    const { phase, warnings: own } = await asCandidate(candidate, wavelength, x[x.length - 1]!)
    if (known.some(({ name }) => name === phase.name))
      throw new OperandoError('E_ARGUMENT', `identifyPhases: two candidates are called ${phase.name}. Give each its own name.`)
    known.push(phase)
    warnings.push(...own)
  }
  const pace = createPace(known.length * (options.maxPhases ?? 6), options)
  const problem = { axis, candidates: known, net: sharpened(net, axis), sigma, weight, room: cellRoom, pace }
  const { phases, fitted, rest } = await combinePhases(problem, options)
  // what is left and smooth is background that the estimate missed
  const off = net.map((v, i) => v - fitted[i]! - rest[i]!)
  const noise = sigma.map((s, i) => Math.hypot(s || 0, intensityError * net[i]!) || 1)
  const left = findPeaks(x, rest, { fwhm, sigma: noise, mask: used.map(u => 1 - u) })
  return {
    phases,
    fitted: fitted.map((v, i) => v + background[i]! + off[i]!),
    background: background.map((v, i) => v + off[i]!),
    unexplained: Math.max(0, 1 - phases.reduce((sum, { share }) => sum + share, 0)),
    unexplainedPeaks: left.filter(({ kind }) => kind === 'maximum').map(({ centre }) => centre),
    fwhm,
    warnings,
  }
}

/** Width of the peaks, weighted by how far they stand out. */
function typicalWidth(peaks: ReturnType<typeof findPeaks>, x: Float64Array): number {
  const step = (x[x.length - 1]! - x[0]!) / (x.length - 1)
  const tops = peaks.filter(({ kind }) => kind === 'maximum')
  if (tops.length === 0) return 5 * step
  const width = weightedMedian(
    tops.map(peak => peak.fwhm),
    tops.map(peak => peak.prominence),
  )
  return Math.max(2 * step, width)
}

function sigmaOf({ sigma }: RefinementPattern, y: Float64Array): Float64Array {
  if (sigma === undefined) return y.map(v => Math.sqrt(Math.max(v || 0, 1)))
  const given = asFloat64(sigma, 'sigma', { length: y.length, allowNaN: true })
  for (let i = 0; i < y.length; i++)
    if (!Number.isNaN(y[i]!) && !(given[i]! > 0))
      throw new OperandoError('E_RANGE', `identifyPhases: sigma[${i}] = ${given[i]}: numbers above 0 expected.`)
  return given
}

async function asCandidate(
  given: CandidatePhase,
  wavelength: number,
  twoThetaMax: number,
): Promise<{ phase: Candidate; warnings: readonly Issue[] }> {
  assertFields(given, 'identifyPhases: a candidate', ['name', 'cell'])
  const { phase, warnings } =
    'sites' in given
      ? await phaseOfStructure(given, { wavelength, twoThetaMax: Math.min(179, twoThetaMax * 1.05 + 1) })
      : { phase: given, warnings: [] }
  const edges = SYSTEM_NUMBERS[latticeSystem(given.cell)].map(set => set.filter(i => i < 3)).filter(set => set.length > 0)
  return {
    phase: { name: given.name, cell: given.cell, edges, reflections: phase.reflections, volume: cellVolume(given.cell) },
    warnings,
  }
}
