import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { createAttenuation, type MaterialInput } from '../../../matter/index.js'
import { freezeData } from '../../../model/derive.js'
import { linearLeastSquares } from '../../../numeric/linear/linearLeastSquares.js'
import { nnls } from '../../../numeric/linear/nnls.js'
import { asSpectrum } from '../../spectrum.js'

/** Options of {@link subtractComponents}. */
export interface SubtractComponentsOptions {
  /** Spectra of what else is in the beam, n values each, by name: a blank cell, {@link layerAbsorption} of a membrane, of the electrolyte. */
  components: Readonly<Record<string, NumbersLike>>
  /** Energies where the sample itself shows nothing (or what a polynomial takes up), pairs from, to in eV. Default: all. */
  ranges?: readonly (readonly [number, number])[] | undefined
  /** Degree of a polynomial beside the components: 0 a constant for gains of amplifiers; -1 none. Default 0. */
  degree?: number | undefined
  /** Whether amounts below 0 are allowed. Default false. */
  negative?: boolean | undefined
}

const OPTIONS: FieldsOf<SubtractComponentsOptions> = { components: true, ranges: true, degree: true, negative: true }

/** A spectrum without what else was in the beam. */
export interface SubtractedComponents {
  /** eV, n values. */
  readonly energy: Float64Array
  /** mu minus background, n values. */
  readonly mu: Float64Array
  /** Components and polynomial, n values. */
  readonly background: Float64Array
  /** Amount of each component. */
  readonly amounts: Readonly<Record<string, number>>
  /** Standard error of each amount; 0 for one that was held at 0. */
  readonly sigmas: Readonly<Record<string, number>>
}

/**
 * Takes the absorption of membranes, electrolyte and windows off a spectrum: their amounts are fitted where the sample shows nothing, and the sum is subtracted everywhere. In the soft range windows and liquid absorb as much as the electrode.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Absorption, n values.
 * @param options Components, ranges.
 * @throws OperandoError `E_SINGULAR` for components that cannot be told apart in the ranges, `E_RANGE` for ranges with fewer points than unknowns, `E_SHAPE`, `E_NAN`, `E_AXIS`, `E_UNIT`.
 * @example
 * ```ts
 * import { subtractComponents } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 60 }, (_, i) => 520 + i)
 * const membrane = energy.map(e => (500 / e) ** 3)
 * const mu = energy.map((e, i) => 0.8 * membrane[i]! + 0.1 + Math.exp(-(((e - 545) / 2) ** 2)))
 * const { amounts } = subtractComponents(energy, mu, { components: { membrane }, ranges: [[520, 535], [560, 580]] })
 * console.log(amounts.membrane) // 0.8
 * ```
 */
export function subtractComponents(
  energy: NumbersLike,
  mu: NumbersLike,
  options: SubtractComponentsOptions,
): SubtractedComponents {
  assertFields(options, 'subtractComponents options', ['components'])
  assertKnown(options, 'subtractComponents options', OPTIONS)
  const { energy: x, mu: y } = asSpectrum(energy, mu)
  const { ranges = [[x[0]!, x.at(-1)!]], degree = 0, negative = false } = options
  const names = Object.keys(options.components)
  const n = x.length
  const middle = (x[0]! + x.at(-1)!) / 2
  const columns = names.map(name => asFloat64(options.components[name]!, `components.${name}`, { length: n }))
  // a polynomial may go either way: for a fit without negative amounts it comes with both signs
  const powers = Array.from({ length: degree + 1 }, (_, d) => x.map(e => ((e - middle) / (x.at(-1)! - middle)) ** d))
  const rows = Array.from(x.keys()).filter(i => ranges.some(([from, to]) => x[i]! >= from && x[i]! <= to))
  const all = [...columns, ...powers]
  if (all.length === 0 || rows.length <= all.length) {
    throw new OperandoError(
      'E_RANGE',
      `subtractComponents: ${rows.length} points in the ranges for ${all.length} unknowns: at least a component, and more points than unknowns, expected. The data reach from ${x[0]} to ${x.at(-1)} eV.`,
    )
  }
  const right = Float64Array.from(rows, i => y[i]!)
  const fit = (used: readonly Float64Array[]): ReturnType<typeof linearLeastSquares> =>
    linearLeastSquares(
      rows.flatMap(i => used.map(column => column[i]!)),
      rows.length,
      used.length,
      right,
    )
  let active = all
  let found = fit(active)
  if (!negative && names.some((_, c) => found.x[c]! < 0)) {
    const both = [...columns, ...powers, ...powers.map(p => p.map(v => -v))]
    const { x: amounts } = nnls(
      rows.flatMap(i => both.map(column => column[i]!)),
      rows.length,
      both.length,
      right,
    )
    active = [...columns.filter((_, c) => amounts[c]! > 0), ...powers]
    found = fit(active)
  }
  const background = new Float64Array(n)
  active.forEach((column, c) => {
    for (let i = 0; i < n; i++) background[i]! += found.x[c]! * column[i]!
  })
  const amountsOf = (values: Float64Array | null): Record<string, number> =>
    Object.fromEntries(names.map((name, c) => [name, values?.[active.indexOf(columns[c]!)] ?? 0]))
  return freezeData({
    energy: x,
    mu: y.map((v, i) => v - background[i]!),
    background,
    amounts: amountsOf(found.x),
    sigmas: amountsOf(found.standardErrors),
  })
}

/**
 * Absorption mu t of a layer over a grid of energies, from tables of free atoms: without the structure that its bonds make near its own edges (measure a blank there).
 *
 * @param energy    eV, n values.
 * @param material  What it consists of: `'Si3N4'`, `'Kapton'`, `{ formula, density }`.
 * @param thickness Path of the beam in it, µm.
 * @throws OperandoError as `createAttenuation`; `E_RANGE` for a thickness that is not positive.
 * @example
 * ```ts
 * import { layerAbsorption } from 'operando/spectroscopy'
 * await layerAbsorption([520, 560], { formula: 'Si3N4', density: 3.1 }, 0.1) // 0.31, 0.26
 * ```
 */
export async function layerAbsorption(energy: NumbersLike, material: MaterialInput, thickness: number): Promise<Float64Array> {
  if (!(thickness > 0))
    throw new OperandoError('E_RANGE', `layerAbsorption: thickness = ${thickness} µm: a number above 0 expected.`)
  return (await createAttenuation(material, { table: 'chantler' })).over(energy).map(mu => mu * thickness * 1e-4)
}
