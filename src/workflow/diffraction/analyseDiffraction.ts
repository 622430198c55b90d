import { assertFields, assertKnown } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset } from '../../model/dataset.js'
import type { Electrochemistry } from '../../model/electrochemistry.js'
import type { Mechanism, Trends } from '../../scattering/bragg/mechanism/mechanismTypes.js'
import type { FitPhase } from '../../scattering/bragg/phases/phaseFitTypes.js'
import { pearson } from '../../series/correlate/pearson.js'
import { frameCount } from '../../series/synchronize/frameWindows.js'
import { DIFFRACTION_FIELDS, type DiffractionOptions, LINE_FIELDS, type LineConfig } from './config.js'
import { findLines } from './findLines.js'
import { fitLines, type LineGroup } from './fitLines.js'
import { fitPhases, type PhaseSequence } from './fitPhases.js'
import { fitSequential } from './fitSequential.js'
import { mechanismsOf } from './mechanisms.js'
import { type PatternWeights, preparePatterns } from './preparePatterns.js'
import { type ClockFinding, relateRun } from './relateRun.js'
import { refinable, resolvePhases } from './resolvePhases.js'
import { type UnexplainedLine, unexplainedIssue, unexplainedLines } from './unexplainedLines.js'

/** A frame whose fit failed. */
export interface FailedFrame {
  /** Index of the frame. */
  readonly frame: number
  /** Which fit: `phases`, or the names of lines. */
  readonly fit: string
  /** Why. */
  readonly reason: string
}

/** Options with the wavelength that they came to. */
export interface SettledOptions extends DiffractionOptions {
  /** Å. */
  readonly wavelength: number
}

/** What {@link analyseDiffraction} returns. */
export interface DiffractionAnalysis {
  /** The patterns as fitted, with voltage, current, charge on their frames where there is a record. */
  readonly run: Dataset<'frame' | 'twoTheta'>
  /** The record. */
  readonly electrochemistry: Electrochemistry | undefined
  /** Cells, fractions, areas along the frames, with standard uncertainties, by name: `NMC622.a`, `FePO4.fraction`. */
  readonly trends: Trends
  /** The phases asked for. */
  readonly phases: readonly FitPhase[]
  /** The lines followed, and whether they were asked for or found. */
  readonly lines: readonly LineConfig[]
  /** Whether the lines were found by {@link findLines}. */
  readonly linesFound: boolean
  /** The phase fits. */
  readonly phaseFit: PhaseSequence | undefined
  /** The line fits. */
  readonly lineFits: readonly LineGroup[]
  /** How the clocks were related. */
  readonly clock: ClockFinding | undefined
  /** Two-phase or solid solution, with evidence. */
  readonly mechanisms: readonly Mechanism[]
  /** Correlation of each pattern with each other. */
  readonly patternCorrelation: Dataset<'frame' | 'other'>
  /** Lines that no phase has, strongest first; empty without phases. */
  readonly unexplained: readonly UnexplainedLine[]
  /** Frames whose fit failed, with the reason. */
  readonly failed: readonly FailedFrame[]
  /** What was taken for granted: sentences. */
  readonly assumptions: readonly string[]
  /** What was doubtful. */
  readonly warnings: readonly Issue[]
  /** The options, with what they came to. */
  readonly options: SettledOptions
}

/**
 * Analyses an operando diffraction experiment: fits phases and lines along the frames, relates the clocks, attaches voltage and charge, and tells two-phase
 * reactions from solid solutions. Pure: files are read and written by `operandoDiffraction` of `operando/workflow/node`.
 *
 * @param patterns Dataset with dims `frame` and `twoTheta` (or `q`, `d`), with times.
 * @param echem    The record of the potentiostat, if there is one.
 * @param options  Phases, lines, wavelength, clock ...; `onProgress` counts fits.
 * @throws OperandoError `E_MISSING` without wavelength or times, `E_AXIS` for other dims, `E_TIME` when nothing relates the clocks, `E_ARGUMENT`, `E_RANGE` for
 *   options that make no sense, `E_ABORTED`.
 * @example
 * ```ts
 * import { createDataset, createUnitCell } from 'operando'
 * import { simulatePattern } from 'operando/scattering'
 * import { analyseDiffraction } from 'operando/workflow'
 * const twoTheta = Float64Array.from({ length: 200 }, (_, i) => 27 + i * 0.02)
 * const reflections = [{ hkl: [1, 1, 1] as const, multiplicity: 8, f2: 3500 }]
 * const frames = [5.43, 5.44, 5.45].flatMap(a =>
 *   [...simulatePattern(twoTheta, [{ cell: createUnitCell({ a }), reflections, amount: 0.01 }], { wavelength: 1.54056, fwhm: 0.1 })].map(y => y + 50))
 * const patterns = createDataset({
 *   name: 'I', dims: ['frame', 'twoTheta'], shape: [3, 200], values: frames, unit: 'counts',
 *   coords: { twoTheta: { dims: ['twoTheta'], values: twoTheta, unit: 'deg' }, time: { dims: ['frame'], values: [0, 60, 120], unit: 's' } },
 * })
 * const phases = [{ name: 'Si', cell: createUnitCell({ a: 5.43 }), reflections }]
 * const { trends } = await analyseDiffraction(patterns, undefined, { phases, wavelength: 1.54056, background: 2 })
 * console.log(trends['Si.a']!.values, trends['Si.a']!.sigma)
 * ```
 */
export async function analyseDiffraction(
  patterns: Dataset,
  echem: Electrochemistry | undefined,
  options: DiffractionOptions = {},
): Promise<DiffractionAnalysis> {
  assertKnown(options, 'options', DIFFRACTION_FIELDS)
  assertDataset(patterns, 'patterns')
  for (const [index, line] of (options.lines ?? []).entries()) {
    assertFields(line, `lines[${index}]`, ['name', 'range'])
    assertKnown(line, `lines[${index}]`, LINE_FIELDS)
  }
  const { run, wavelength, weights } = preparePatterns(patterns, options)
  const full = { ...options, wavelength }
  const twoTheta = run.coords.twoTheta!.values
  const { phases, warnings: phaseWarnings } = await resolvePhases(
    options.phases ?? [],
    wavelength,
    twoTheta[twoTheta.length - 1]!,
  )
  const linesFound = options.lines === undefined && phases.length === 0
  const lines = options.lines ?? (linesFound ? findLines(run) : [])
  const frames = frameCount(run)
  const total = frames * ((phases.length > 0 ? 1 : 0) + lines.length)
  const report = (base: number, share: number) => (done: number, of: number) =>
    options.onProgress?.(Math.round(base + (share * done) / of), total)
  const task = { signal: options.signal, onProgress: report(0, frames) }
  const refined = refinable(options.phases ?? [])
  const phaseFit =
    phases.length === 0
      ? undefined
      : refined
        ? await fitSequential(run, refined, full, task)
        : await fitPhases(run, phases, full, task)
  const { groups: lineFits, trends: lineTrends } = await fitLines(run, lines, full, {
    signal: options.signal,
    onProgress: report(phases.length > 0 ? frames : 0, frames * lines.length),
  })
  const unexplained = phaseFit ? unexplainedLines(run, phaseFit, wavelength) : []
  const trends = { ...phaseFit?.trends, ...lineTrends }
  const related = echem && relateRun(run, echem, trends, options)
  const synchronised = related?.run ?? run
  return {
    run: synchronised,
    electrochemistry: echem,
    trends: withCoords(trends, synchronised),
    phases,
    lines,
    linesFound,
    phaseFit,
    lineFits,
    clock: related?.clock,
    mechanisms: mechanismsOf(phases, lines, trends, [twoTheta[0]!, twoTheta[twoTheta.length - 1]!]),
    patternCorrelation: pearson(synchronised),
    unexplained,
    failed: failures(phaseFit, lineFits),
    assumptions: assumptionsOf(full, phases, weights, linesFound, echem),
    warnings: [
      ...synchronised.warnings,
      ...phaseWarnings,
      ...(echem?.warnings ?? []),
      ...(related?.warnings ?? []),
      ...misfitOf(phaseFit, weights),
      ...unexplainedIssue(unexplained),
    ],
    options: full,
  }
}

/** The trends on the frames' new coordinates. */
function withCoords(trends: Trends, run: Dataset): Trends {
  const coords = Object.fromEntries(Object.entries(run.coords).filter(([, c]) => c.dims.length === 1 && c.dims[0] === 'frame'))
  return Object.fromEntries(Object.entries(trends).map(([name, trend]) => [name, Object.freeze({ ...trend, coords })]))
}

/** Reduced chi-square beyond which phases do not explain patterns whose noise is known. */
const MISFIT = 1.5

/** What no phase explains, or lines of other strength than the phases say, shows in the misfit: it is told, for standard errors do not cover it. */
function misfitOf(phaseFit: PhaseSequence | undefined, weights: PatternWeights): Issue[] {
  const quality = [...(phaseFit?.result.quality.values ?? [])].filter(v => !Number.isNaN(v)).sort((a, b) => a - b)
  const middle = quality[quality.length >> 1]
  if (weights === 'scaled' || middle === undefined || middle < MISFIT) return []
  const message =
    `The phases do not explain the patterns to within their noise: reduced χ² is ${middle.toPrecision(2)} in the middle. Look at the residuals for a phase that is missing, ` +
    'for lines of other strength than |F|² says (texture), or for another shape. The uncertainties grow with the misfit but do not cover such errors.'
  return [{ code: 'W_MISFIT', message }]
}

function failures(phaseFit: PhaseSequence | undefined, lineFits: readonly LineGroup[]): FailedFrame[] {
  const named = [
    ...(phaseFit ? [{ fit: 'phases', result: phaseFit.result }] : []),
    ...lineFits.map(({ lines, result }) => ({ fit: lines.map(l => l.name).join(', '), result })),
  ]
  return named.flatMap(({ fit, result }) =>
    result.status.flatMap((status, frame) =>
      status === 'failed' ? [{ frame, fit, reason: result.reasons[frame] ?? 'no reason' }] : [],
    ),
  )
}

function assumptionsOf(
  options: DiffractionOptions,
  phases: readonly FitPhase[],
  weights: PatternWeights,
  linesFound: boolean,
  echem: Electrochemistry | undefined,
): string[] {
  const said: string[] = []
  const { polarization = 0, zero = 0, doublet, exposure, interval, direction = 'forward' } = options
  if (weights === 'counts') said.push('The patterns carry no uncertainties: each point was weighted as a count, sigma = √I.')
  if (weights === 'scaled') {
    said.push(
      'The patterns carry no uncertainties and their intensities are no whole numbers: each point was weighted as a count times an unknown factor, sigma ∝ √I. ' +
        'The size of reduced χ² means nothing; standard errors follow from the scatter.',
    )
  }
  said.push(
    'Standard uncertainties follow from the scatter found: they are multiplied by √(χ²/ν) of each fit, also where that is below 1.',
  )
  if (phases.length > 0 && refinable(options.phases ?? [])) {
    said.push(
      'Phases given by a structure were refined after Rietveld: scale, cell, and widths by size and strain beside a constant; atoms were held. Mass goes with scale × mass × volume of the cell. Of phases given by their lattice the ' +
        `intensities were extracted after Le Bail. No texture, no absorption; ${polarization > 0 ? 'polarisation is part of the model' : 'polarisation was taken to be corrected already'}.`,
      'A phase that is less than 4 standard uncertainties above nothing counts as absent: its cell and widths are held and not reported. A weak phase keeps its widths.',
    )
    if (phases.some(p => p.couple))
      said.push(
        'Mole fractions of a couple are shares of formula units; without structures, of intensities, each against its largest in the series. Amorphous or unseen parts do not count.',
      )
  } else if (phases.length > 0) {
    said.push(
      `Line intensities of a phase: m |F|² ${polarization > 0 ? `(1 + ${polarization} cos² 2θ) ` : ''}/ (V sin² θ cos θ) for each unit cell, with |F|² as given. No texture, no absorption, no change of |F|² with composition; ` +
        (polarization > 0 ? 'polarisation is part of the model.' : 'polarisation was taken to be corrected already.'),
    )
    if (phases.some(p => p.couple))
      said.push(
        'Mole fractions are n₁/(n₁ + n₂) with n = number of unit cells × formula units in the cell; amorphous or unseen parts do not count.',
      )
    said.push('A phase whose scale is below 4 standard uncertainties counts as absent: its cell and width are then not reported.')
  }
  if (zero !== 'refine')
    said.push(`The zero of 2θ was held at ${zero}°; an error of it, or a displaced sample, is part of the lattice parameters.`)
  if (!doublet) said.push('The radiation has one wavelength.')
  if (linesFound) said.push('No phases or lines were given: the strongest lines of the mean pattern were followed.')
  if (interval !== undefined)
    said.push(`Frames start every ${interval} s, as given; the patterns do not tell their times or were overruled.`)
  if (exposure === undefined && echem && interval !== undefined) said.push('Each frame was exposed until the next began.')
  said.push(
    `Fits were seeded ${direction === 'both' ? 'in both directions along the frames, the better one kept' : `${direction}s along the frames`}.`,
  )
  return said
}
