import type { NumbersLike } from '../../../core/arrays.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { freezeData } from '../../../model/derive.js'
import { createSpline } from '../../../numeric/interpolate/spline.js'
import { findE0 } from '../edge/findE0.js'
import type { EnergyAndMu } from '../edge/foilShift.js'
import { type PreEdge, type PreEdgeOptions, preEdge } from '../normalize/preEdge.js'

/** Options of {@link compareYields}. */
export interface CompareYieldsOptions {
  /** Normalisation of both. */
  preEdge?: PreEdgeOptions | undefined
  /** Standard uncertainties of the normalised surface spectrum and of the bulk one. Default 0. */
  noise?: readonly [surface: number, bulk: number] | undefined
}

const OPTIONS: FieldsOf<CompareYieldsOptions> = { preEdge: true, noise: true }

/** Surface against bulk. */
export interface YieldComparison {
  /** Surface, normalised. */
  readonly surface: PreEdge
  /** Bulk, normalised. */
  readonly bulk: PreEdge
  /** Energies that both have, eV, n values: those of the surface scan. */
  readonly energy: Float64Array
  /** Surface minus bulk, n values. */
  readonly difference: Float64Array
  /** Half-height edge of the surface minus that of the bulk, eV: below 0 the surface is the more reduced. */
  readonly edgeShift: number
  /** White line of the surface over that of the bulk. Over-absorption of the fluorescence and saturation of electrons make it differ from 1 by themselves: correct both first. */
  readonly whiteLineRatio: number
  /** Integral of the magnitude of the difference, eV, with that of the noise taken off. */
  readonly disagreement: number
  /** Points whose difference is more than three times its uncertainty, over all; NaN without `noise`. */
  readonly significant: number
  /** Warnings of both. */
  readonly warnings: readonly Issue[]
}

/**
 * Compares what electrons tell (total electron yield: some nm) with what fluorescence tells (the bulk): both normalised with the same ranges, the bulk on the energies of the surface.
 *
 * @param surface Electron yield, energies and signal.
 * @param bulk    Fluorescence yield.
 * @param options Normalisation, noise.
 * @throws OperandoError as `preEdge`; `E_RANGE` where either does not reach half height.
 * @example
 * ```ts
 * import { compareYields } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 240 }, (_, i) => 830 + 0.25 * i)
 * const edge = (at: number) => energy.map(e => 0.1 + 0.5 / (1 + Math.exp((at - e) / 0.6)))
 * const { edgeShift } = compareYields({ energy, mu: edge(852.8) }, { energy, mu: edge(853.3) }, { preEdge: { pre1: -20, pre2: -8, norm1: 10, norm2: 35, nnorm: 0 } })
 * console.log(edgeShift) // -0.5
 * ```
 */
export function compareYields(surface: EnergyAndMu, bulk: EnergyAndMu, options: CompareYieldsOptions = {}): YieldComparison {
  assertKnown(options, 'compareYields options', OPTIONS)
  assertFields(surface, 'surface', ['energy', 'mu'])
  assertFields(bulk, 'bulk', ['energy', 'mu'])
  const normal = ({ energy, mu }: { energy: NumbersLike; mu: NumbersLike }): PreEdge => preEdge(energy, mu, options.preEdge)
  const [one, two] = [normal(surface), normal(bulk)]
  const [low, high] = [two.energy[0]!, two.energy.at(-1)!]
  const common = Array.from(one.energy.keys()).filter(i => one.energy[i]! >= low && one.energy[i]! <= high)
  const energy = Float64Array.from(common, i => one.energy[i]!)
  const other = createSpline(two.energy, two.norm).evaluate(energy)
  const difference = Float64Array.from(common, (i, k) => one.norm[i]! - other[k]!)
  const half = ({ energy: at, norm }: PreEdge): number => findE0(at, norm, { definition: 'half-height', normalized: true }).energy
  const [a, b] = options.noise ?? [0, 0]
  const sigma = Math.hypot(a, b)
  // what noise alone gives: the mean magnitude of a normal deviate
  const mean = sigma * Math.sqrt(2 / Math.PI)
  let disagreement = 0
  for (let k = 1; k < energy.length; k++)
    disagreement += ((Math.abs(difference[k]!) + Math.abs(difference[k - 1]!)) / 2 - mean) * (energy[k]! - energy[k - 1]!)
  const top = (norm: Float64Array): number => norm.reduce((most, v) => Math.max(most, v))
  return freezeData({
    surface: one,
    bulk: two,
    energy,
    difference,
    edgeShift: half(one) - half(two),
    whiteLineRatio: top(one.norm) / top(two.norm),
    disagreement: Math.max(0, disagreement),
    significant: sigma > 0 ? difference.filter(d => Math.abs(d) > 3 * sigma).length / difference.length : Number.NaN,
    warnings: [...one.warnings, ...two.warnings],
  })
}
