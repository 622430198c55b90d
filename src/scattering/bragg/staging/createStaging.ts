import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { createFormFactor } from '../../../matter/createFormFactor.js'
import { lorentzFactor } from '../corrections/lorentzFactor.js'
import { type Polarization, polarizationFactor } from '../corrections/polarizationFactor.js'
import { type DSpacingOptions, dSpacingOfPeak, type Estimate, wavelengthOf } from '../dSpacingOfPeak.js'
import { numberAndError } from '../quickLooks/measuredLine.js'
import { DILUTE_LIMIT, GRAPHITE_STAGES, type GraphiteStage, interpolatedX, meanSpacing } from './stages.js'

/** Options of {@link createStaging}. */
export interface StagingOptions extends DSpacingOptions {
  /** How the beam was polarised, and whether that is corrected already; for positions in twoTheta. Default `'corrected'`. */
  polarization?: Polarization | undefined
  /** Thickness of a gallery with lithium, Å: that of LiC6. Default 3.706. */
  filled?: number | undefined
  /** Thickness of an empty gallery, Å: that of the graphite as measured in the cell before charge. Default 3.355. */
  empty?: number | undefined
  /** How far a peak may be from a stage, Å of mean layer spacing, to count as that stage; else its x is interpolated. Default 0.012. */
  tolerance?: number | undefined
}

/** A peak of the carbon layers: 002 of graphite, 001 of LiC6, 002 of LiC12, 003 of stage 3 ... */
export interface LayerPeak {
  /** Its position, on the axis of the options. */
  readonly centre: number | Estimate
  /** Its area, unit of the intensities times that of the axis. */
  readonly area: number | Estimate
}

/** A stage found. */
export interface StageShare {
  /** Name; `'2/2L'` where nothing tells the two apart, `'between'` for a peak that is at no stage. */
  readonly stage: GraphiteStage['name'] | '2/2L' | 'between'
  /** Mean spacing of its carbon layers, Å. */
  readonly spacing: Estimate
  /** x in LixC6 of it. */
  readonly x: Estimate
  /** Part of all C6 that is in it. */
  readonly fraction: Estimate
}

/** What the peaks of a frame tell. */
export interface StagingResult {
  /** Peak by peak, in the order given. */
  readonly stages: readonly StageShare[]
  /** Mean x in LixC6. */
  readonly x: Estimate
  /** Spacing of the carbon layers, averaged over all C6, Å: what an electrode swells by. */
  readonly spacing: Estimate
  /** What could not be told. */
  readonly warnings: readonly Issue[]
}

/** A plan made by {@link createStaging}. */
export interface Staging {
  /** The stages with where their peaks lie: starts for a peak fit. */
  readonly expected: readonly {
    /** The stage. */
    readonly stage: GraphiteStage['name']
    /** x in LixC6. */
    readonly x: number
    /** Mean layer spacing, Å. */
    readonly spacing: number
    /** Position on the axis. */
    readonly centre: number
    /** Area of its peak per C6, that of graphite being 1. */
    readonly strength: number
  }[]
  /**
   * Tells stages, their shares and the mean x from the peaks of one frame.
   * @param peaks   Peaks with areas; those at 0 or below count as absent.
   * @param options Whether lithium is seen to be ordered in plane (superlattice lines of LiC6 and LiC12): tells 2 from 2L.
   * @throws OperandoError `E_ARGUMENT` without a peak of positive area, `E_RANGE` for a position outside 3.3 to 3.8 Å.
   */
  assign(peaks: readonly LayerPeak[], options?: { ordered?: boolean | undefined }): StagingResult
}

const OPTIONS: FieldsOf<StagingOptions> = {
  axis: true,
  wavelength: true,
  energy: true,
  wavelengthSigma: true,
  polarization: true,
  filled: true,
  empty: true,
  tolerance: true,
}
/** Edge of the hexagonal cell of LiC6 over that of graphite. */
const IN_PLANE = 1.0087

/**
 * Prepares the reading of graphite's stages from the peaks of its carbon layers. Position tells the stage, by galleries that are filled or empty; the area tells how much of it there is, by the structure factor of its
 * sequence of layers: carbon layers scatter together, lithium between them against (|F|² of LiC6 is 0.88 of that of graphite).
 *
 * All 00l are of one direction, so texture cancels. Displacement parameters are taken as equal for all stages. Stages 2 and 2L lie at one place: they are told apart by what stands beside them (stage 1: it is 2; 3L, 4L or
 * graphite: it is 2L) or by `ordered`; else x is 5/12 with the error of not knowing.
 *
 * @param options Axis and wavelength; galleries.
 * @throws OperandoError `E_ARGUMENT` for twoTheta without wavelength, `E_RANGE` for galleries that are none.
 * @see H. Fujimoto et al., J. Electrochem. Soc. 168 (2021) 040509; J. R. Dahn, Phys. Rev. B 44 (1991) 9170
 * @example
 * ```ts
 * import { createStaging } from 'operando/scattering'
 * const staging = await createStaging({ axis: 'q' })
 * // fitted peaks of LiC12 and LiC6
 * const { x, stages } = staging.assign([
 *   { centre: 1.779, area: { value: 120, standardError: 2 } },
 *   { centre: 1.696, area: { value: 100, standardError: 2 } },
 * ])
 * console.log(x, stages.map(({ stage, fraction }) => [stage, fraction.value]))
 * ```
 */
export async function createStaging(options: StagingOptions = {}): Promise<Staging> {
  assertKnown(options, 'createStaging options', OPTIONS)
  const { axis = 'twoTheta', polarization = 'corrected', filled = 3.706, empty = 3.355, tolerance = 0.012 } = options
  if (!(filled > empty && empty > 3 && filled < 4.5 && tolerance > 0))
    throw new OperandoError(
      'E_RANGE',
      `createStaging: filled = ${filled}, empty = ${empty}, tolerance = ${tolerance} Å: galleries of 3 to 4.5 Å, the filled ones thicker, expected.`,
    )
  const wavelength = axis === 'twoTheta' ? wavelengthOf(options) : Number.NaN
  const position = {
    axis,
    wavelength: options.wavelength,
    energy: options.energy,
    wavelengthSigma: options.wavelengthSigma,
  }
  const [carbon, lithium] = await Promise.all([createFormFactor('C'), createFormFactor('Li')])

  /** Area on the axis for each C6 of a stage whose layers are `spacing` apart. */
  const strength = (stage: GraphiteStage, spacing: number): number => {
    const s = 1 / (2 * spacing)
    const amplitude = layerAmplitude(stage, 6 * carbon.at(s), lithium.at(s), filled, empty)
    const area = (1 + (IN_PLANE - 1) * stage.x) ** 2
    // on q the area goes with 1/q², whatever the wavelength; on d once more with dd/dq
    const twoTheta = (360 / Math.PI) * Math.asin(wavelength * s)
    const lorentz =
      axis === 'q'
        ? spacing ** 2
        : axis === 'd'
          ? spacing ** 4
          : lorentzFactor(twoTheta) * polarizationFactor(twoTheta, polarization)
    return (amplitude ** 2 * lorentz) / (area * spacing)
  }
  const reference = strength(GRAPHITE_STAGES[0]!, empty)
  const expected = GRAPHITE_STAGES.map(stage => {
    const spacing = meanSpacing(stage, filled, empty)
    const centre =
      axis === 'd' ? spacing : axis === 'q' ? (2 * Math.PI) / spacing : (360 / Math.PI) * Math.asin(wavelength / (2 * spacing))
    return { stage: stage.name, x: stage.x, spacing, centre, strength: strength(stage, spacing) / reference }
  })

  const nearest = (spacing: number): GraphiteStage | undefined => {
    const near = GRAPHITE_STAGES.filter(({ name }) => name !== '2')
      .map(stage => ({ stage, off: Math.abs(spacing - meanSpacing(stage, filled, empty)) }))
      .sort((a, b) => a.off - b.off)[0]!
    // a dilute solution is graphite whose galleries have begun to fill
    const dilute = spacing <= empty + DILUTE_LIMIT * (filled - empty)
    return dilute ? GRAPHITE_STAGES[0] : near.off <= tolerance ? near.stage : undefined
  }

  return {
    expected,
    assign(peaks, { ordered } = {}) {
      if (!Array.isArray(peaks as unknown))
        throw new OperandoError('E_ARGUMENT', 'Staging: peaks, as { centre, area }, expected.')
      const read = peaks.map((peak, i) => {
        assertFields(peak, `peaks[${i}]`, ['centre', 'area'])
        const spacing = dSpacingOfPeak(peak.centre, position)
        if (!(spacing.value > 3.3 && spacing.value < 3.8))
          throw new OperandoError(
            'E_RANGE',
            `peaks[${i}]: spacing ${spacing.value} Å: layers of graphite are 3.3 to 3.8 Å apart.`,
          )
        return { spacing, area: numberAndError(peak.area), stage: nearest(spacing.value) }
      })
      const there = read.filter(({ area }) => area.value > 0)
      if (there.length === 0) throw new OperandoError('E_ARGUMENT', 'Staging: at least one peak of positive area expected.')
      const has = (names: readonly string[]): boolean => there.some(({ stage }) => stage && names.includes(stage.name))
      const isDense = ordered ?? (has(['1']) ? true : has(['graphite', '4L', '3L']) ? false : undefined)
      const found = read.map(({ spacing, area, stage }) => {
        const told = tellStage(stage, spacing, isDense, filled, empty)
        const per = strength(told.model, spacing.value)
        return {
          spacing,
          ...told,
          amount: Math.max(0, area.value) / per,
          error: area.standardError === null ? null : area.standardError / per,
        }
      })
      const total = found.reduce((sum, { amount }) => sum + amount, 0)
      const known = found.every(({ error }) => error !== null)
      /** Mean of a number over all C6, with the errors of areas and of the number itself. */
      const meanOf = (of: (share: (typeof found)[number]) => Estimate): Estimate => {
        const value = found.reduce((sum, share) => sum + (share.amount * of(share).value) / total, 0)
        const variance = found.reduce((sum, share) => {
          const own = ((of(share).standardError ?? 0) * share.amount) / total
          return sum + own ** 2 + (((of(share).value - value) * (share.error ?? 0)) / total) ** 2
        }, 0)
        return { value, standardError: known ? Math.sqrt(variance) : null }
      }
      const undecided = found.some(({ name }) => name === '2/2L')
      return {
        stages: found.map(share => ({
          stage: share.name,
          spacing: share.spacing,
          x: share.x,
          fraction: meanOf(other => ({ value: Number(other === share), standardError: null })),
        })),
        x: meanOf(share => share.x),
        spacing: meanOf(share => share.spacing),
        warnings: undecided
          ? [
              {
                code: 'W_STAGE',
                message:
                  'Stages 2 (LiC12) and 2L (LiC18) have their peak at one place, and no other stage tells which it is: x is between 1/3 and 1/2. Say { ordered } if superlattice lines show it.',
              },
            ]
          : [],
      }
    },
  }
}

/** Amplitude of one carbon layer of a stage, in the reflection whose order is the number of layers. */
function layerAmplitude(
  { layers, filling }: GraphiteStage,
  carbon: number,
  lithium: number,
  filled: number,
  empty: number,
): number {
  if (layers === 0) return carbon
  const period = filled + (layers - 1) * empty
  // lithium at 0, carbon from half a filled gallery on
  let sum = filling * lithium
  for (let k = 0; k < layers; k++) sum += carbon * Math.cos((2 * Math.PI * layers * (filled / 2 + k * empty)) / period)
  return sum / layers
}

/** Name, x and model of a peak. */
function tellStage(
  stage: GraphiteStage | undefined,
  spacing: Estimate,
  isDense: boolean | undefined,
  filled: number,
  empty: number,
): { name: StageShare['stage']; x: Estimate; model: GraphiteStage } {
  const exact = (value: number, standardError: number | null = 0): Estimate => ({ value, standardError })
  const slope = (at: number): number => (interpolatedX(at + 1e-4, filled, empty) - interpolatedX(at - 1e-4, filled, empty)) / 2e-4
  const byPlace = (): Estimate =>
    exact(
      interpolatedX(spacing.value, filled, empty),
      spacing.standardError === null ? null : Math.abs(slope(spacing.value)) * spacing.standardError,
    )
  if (!stage) {
    const x = byPlace()
    const near = [...GRAPHITE_STAGES].sort((a, b) => Math.abs(a.x - x.value) - Math.abs(b.x - x.value))[0]!
    return { name: 'between', x, model: near }
  }
  if (stage.name === 'graphite') return { name: 'graphite', x: byPlace(), model: stage }
  if (stage.name !== '2L') return { name: stage.name, x: exact(stage.x), model: stage }
  const dense = GRAPHITE_STAGES.find(({ name }) => name === '2')!
  if (isDense !== undefined)
    return isDense ? { name: '2', x: exact(dense.x), model: dense } : { name: '2L', x: exact(stage.x), model: stage }
  // evenly between the two: standard deviation of a box
  return {
    name: '2/2L',
    x: exact((stage.x + dense.x) / 2, (dense.x - stage.x) / Math.sqrt(12)),
    model: { ...dense, filling: (stage.filling + dense.filling) / 2, x: (stage.x + dense.x) / 2 },
  }
}
