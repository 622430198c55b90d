import type { NumbersLike } from '../../../core/arrays.js'
import type { FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import type { Dataset } from '../../../model/dataset.js'
import { freezeData } from '../../../model/derive.js'
import { translateOptions } from '../../foreignNames.js'
import { readSpectrum } from '../../spectrum.js'
import { type PreEdgeOptions, preEdge } from '../normalize/preEdge.js'
import { AUTOBK_FIELDS, AUTOBK_FOREIGN, type AutobkOptions } from './autobkOptions.js'
import { createAutobk } from './createAutobk.js'

/** Options of {@link autobk}. */
export interface AutobkSpectrumOptions extends Omit<AutobkOptions, 'e0'> {
  /** Energy where k = 0, eV. Default: E0 of `preEdge`. */
  e0?: number | undefined
  /** Edge step. Default: that of `preEdge`. */
  edgeStep?: number | undefined
  /** How E0 and step are found where they are not given. */
  preEdge?: PreEdgeOptions | undefined
}

const FIELDS: FieldsOf<AutobkSpectrumOptions> = { ...AUTOBK_FIELDS, edgeStep: true, preEdge: true }
const FOREIGN = { ...AUTOBK_FOREIGN, edge_step: 'edgeStep', step: 'edgeStep', bkg_step: 'edgeStep', pre_edge_kws: 'preEdge' }

/** A spectrum without its background. */
export interface Autobk {
  /** Energy where k = 0, eV. */
  readonly e0: number
  /** Step by which mu - background was divided. */
  readonly edgeStep: number
  /** Even wavenumbers, 1/Å, m values. */
  readonly k: Float64Array
  /** chi(k), m values. */
  readonly chi: Float64Array
  /** Standard errors of chi that the choice of the spline leaves (what remains of the low bins, spread over them), m values. Not the noise of the data. */
  readonly chiSigma: Float64Array
  /** eV, n values. */
  readonly energy: Float64Array
  /** Background, n values, mu itself outside its range. */
  readonly background: Float64Array
  /** Standard errors of the background, n values. */
  readonly backgroundSigma: Float64Array
  /** Knots of the spline in k, 1/Å. */
  readonly knots: Float64Array
  /** What was doubtful. */
  readonly warnings: readonly Issue[]
}

/**
 * Background of an absorption spectrum and chi(k), by AUTOBK.
 *
 * Without clamps (the default here, not in Larch) this is a linear problem with one solution; chi is Larch's to 1e-12. Clamps come in the conventions of either version of Larch, or with a fixed weight.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Absorption, n values.
 * @param options E0, edge step, rbkg, ranges, clamps. Names of Larch and Athena are taken with a hint.
 * @throws OperandoError `E_RANGE` for a scan that is too short or a range outside the data, saying which; `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @see Newville, Livins, Yacoby, Rehr, Stern, Phys. Rev. B 47 (1993) 14126; docs/xas.md
 * @example
 * ```ts
 * import { autobk, energyOfWavenumber, kGrid } from 'operando/spectroscopy'
 * const k = kGrid(14)
 * const energy = energyOfWavenumber(k, 8979)
 * const mu = k.map((q, i) => 1 + 1e-4 * (energy[i]! - 8979) + 0.3 * Math.sin(2 * 2.5 * q) * Math.exp(-0.01 * q * q) / Math.max(q, 1))
 * const { chi } = autobk(energy, mu, { e0: 8979, edgeStep: 1, rbkg: 1.2, kweight: 2 })
 * console.log(chi[160]) // 0.3 sin(2 2.5 8) exp(-0.64) / 8 = 0.015
 * ```
 */
export function autobk(energy: NumbersLike, mu: NumbersLike, options?: AutobkSpectrumOptions): Autobk
export function autobk(data: Dataset<'energy'>, options?: AutobkSpectrumOptions): Autobk
export function autobk(
  first: NumbersLike | Dataset,
  second?: NumbersLike | AutobkSpectrumOptions,
  third?: AutobkSpectrumOptions,
): Autobk {
  const { energy, mu, options } = readSpectrum('autobk', first, second, third)
  const { options: own, hints } = translateOptions(options, 'autobk options', FIELDS, FOREIGN)
  const { edgeStep: givenStep, preEdge: how, e0: givenE0, ...rest } = own
  const edge =
    givenE0 === undefined || givenStep === undefined
      ? preEdge(energy, mu, { ...how, ...(givenE0 === undefined ? {} : { e0: givenE0 }) })
      : undefined
  const e0 = givenE0 ?? edge!.e0
  const edgeStep = givenStep ?? edge!.edgeStep
  const plan = createAutobk(energy, { ...rest, e0 })
  const background = new Float64Array(energy.length)
  const chi = plan.remove(mu, edgeStep, undefined, background)
  const sigma = plan.errors(mu, edgeStep)
  return freezeData({
    e0,
    edgeStep,
    k: plan.k,
    chi,
    chiSigma: sigma.chi,
    energy,
    background,
    backgroundSigma: sigma.background,
    knots: plan.layout.knots,
    warnings: [...hints, ...(edge?.warnings ?? []), ...plan.hints],
  })
}
