import { HC_EV_ANGSTROM } from '../core/constants.js'
import { assertCompatible } from '../core/convert.js'
import { OperandoError } from '../core/errors.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import { type Angle, type Energy, type Length, toValue } from '../core/quantity.js'
import { type Unit, unit } from '../core/unit.js'
import { valuesIn } from './align.js'
import { cutToCounterparts } from './axisCounterparts.js'
import { newDensity } from './axisDensity.js'
import { AXIS_KINDS, type AxisConstants, type AxisKind, axisRelation, hubFactor } from './axisKinds.js'
import type { Dataset, Meta, Variable } from './dataset.js'
import { derive, deriveVariable, freeze } from './derive.js'
import { takeOfDataset } from './layout.js'
import { coordOn } from './lookUp.js'

/** Options of {@link convertAxis}. */
export interface ConvertAxisOptions {
  /** What the axis says now. Default: the name of the dim. */
  readonly from?: AxisKind | undefined
  /** Unit of the new axis. Default: deg, 1/Å (q, s, k), Å (d, wavelength), eV, 1/cm. */
  readonly unit?: Unit | string | undefined
  /** Wavelength in Å, for `twoTheta`. Default: that of `meta` (its wavelength, else its energy). */
  readonly wavelength?: Length | undefined
  /** Photon energy in eV instead of the wavelength. */
  readonly energy?: Energy | undefined
  /** Energy of the absorption edge in eV, for `k`. */
  readonly e0?: Energy | undefined
  /** Fixed scattering angle in degrees, to go between the beam's energy and a scattering vector (energy-dispersive scattering). */
  readonly twoTheta?: Angle | undefined
  /**
   * What the values are. `'points'` (default): read at places, or amounts in bins, which stay as they are. `'density'`: per unit of the old axis (counts per
   * degree), which become per unit of the new one, times |d old / d new|; their unit changes with it.
   */
  readonly values?: 'points' | 'density' | undefined
  /** Places that have no counterpart: `'throw'` E_RANGE (default), or `'drop'` them, with a warning. */
  readonly outside?: 'throw' | 'drop' | undefined
  /** `'keep'` (default): elements stay in their order, so the new axis may fall. `'rising'`: they are turned round if it does. */
  readonly order?: 'keep' | 'rising' | undefined
}

const OPTIONS: FieldsOf<ConvertAxisOptions> = {
  from: true,
  unit: true,
  wavelength: true,
  energy: true,
  e0: true,
  twoTheta: true,
  values: true,
  outside: true,
  order: true,
}

/**
 * The Dataset with another axis along a dim: twoTheta, q, d, s, energy, wavelength, wavenumber or k of the photoelectron. The dim takes the new name; the
 * old coord stays under its own. Nothing is moved from element to element: no interpolation, and the order stays (d falls where twoTheta rises) unless
 * `order: 'rising'` is asked for. Bin edges are converted as edges.
 *
 * Sigma of the coord is carried by the derivative; the wavelength, e0 and angle count as exact. No counterpart have: energies below e0 (for k), q beyond
 * 4 pi / wavelength or angles beyond 180° (for twoTheta), numbers not above 0 where one is the inverse of the other (d of q <= 0).
 * Densities: bins change by the ratio of their widths, so the integral is the same to rounding; points by the derivative, NaN and masked where that is infinite.
 *
 * @param data    The Dataset.
 * @param dim     Which dim; it needs its coord, 1-d.
 * @param to      What the axis shall say.
 * @param options Wavelength, e0 or angle; units; densities; what has no counterpart; order.
 * @throws OperandoError `E_ARGUMENT` if the dim's name is no kind of axis and `from` does not say, a needed number is missing or given twice, or an option is none of its words; `E_UNIT`
 *   if the coord's unit does not fit its kind; `E_RANGE` for places without counterpart; `E_AXIS` if another dim has the new name; `E_MISSING` without coord.
 * @example
 * ```ts
 * import { convertAxis, createDataset } from 'operando'
 * const pattern = createDataset({
 *   name: 'I', dims: ['twoTheta'], values: [5, 9, 7], unit: 'counts',
 *   coords: { twoTheta: { dims: ['twoTheta'], values: [10, 20, 30], unit: 'deg' } },
 * })
 * const { coords } = convertAxis(pattern, 'twoTheta', 'q', { wavelength: 1.5406 })
 * console.log(coords.q?.values) // 0.711, 1.416, 2.111
 * ```
 */
export function convertAxis<Dim extends string, From extends Dim, const To extends AxisKind>(
  data: Dataset<Dim>,
  dim: From,
  to: To,
  options: ConvertAxisOptions = {},
): Dataset<Exclude<Dim, From> | To> {
  assertKnown(options, 'convertAxis options', OPTIONS)
  const from = options.from ?? kindOf(dim)
  assertOneOf('values', options.values, ['points', 'density'])
  assertOneOf('outside', options.outside, ['throw', 'drop'])
  assertOneOf('order', options.order, ['keep', 'rising'])
  coordOn(data, dim)
  if (to !== (dim as string) && (data.dims as readonly string[]).includes(to))
    throw new OperandoError('E_AXIS', `'${to}' is a dim already: '${dim}' cannot become it.`, { details: { dim, to } })
  const constants = constantsOf(options, data.meta)
  const [source, target] = [axisRelation(from, constants), axisRelation(to, constants)]
  const factor = hubFactor(source.hub, target.hub, constants)
  const sourceUnit = unit(source.unit)
  const shown = typeof options.unit === 'string' ? unit(options.unit) : (options.unit ?? unit(target.unit))
  assertCompatible(shown, unit(target.unit), `unit of '${to}'`)
  const map = (x: number): number => target.fromHub(factor * source.toHub(x))
  const { part, doubts } = cutToCounterparts(data, dim, to, map, sourceUnit, options.outside ?? 'throw')
  const kept = part.coords[dim]!
  const x = valuesIn(kept, sourceUnit, `axis '${dim}'`)
  const y = x.map(map)
  // d new / d old, first in the units of the relations, then in those of the coords
  const scale = (kept.unit.factor / sourceUnit.factor) * (unit(target.unit).factor / shown.factor)
  const slopes = x.map((v, i) => ((factor * source.slope(v)) / target.slope(y[i]!)) * scale)
  const axis = deriveVariable(kept, {
    dims: [to],
    values: valuesIn({ values: y, unit: unit(target.unit) }, shown),
    unit: shown,
    label: undefined,
    sigma: kept.sigma?.map((s, i) => (Number.isFinite(slopes[i]) ? Math.abs(slopes[i]!) * s : Number.NaN)),
  })
  const coords: Record<string, Variable> = {}
  for (const [name, other] of Object.entries(part.coords))
    if (name !== to) coords[name] = deriveVariable(other, { dims: other.dims.map(d => (d === dim ? to : d)) })
  coords[to] = axis
  const densities = options.values === 'density' ? newDensity(part, dim, slopes, axis) : {}
  const used = from === 'twoTheta' || (to as AxisKind) === 'twoTheta' ? constants : { ...constants, wavelength: undefined }
  const { values: kind, outside, order } = options
  const parameters = { dim, from, to, unit: shown.symbol, ...used, values: kind, outside, order }
  const converted = derive<Exclude<Dim, From> | To>(part, {
    dims: data.dims.map(d => (d === dim ? to : d)) as (Exclude<Dim, From> | To)[],
    ...densities,
    coords,
    doubts,
    step: { op: 'convertAxis', parameters },
  })
  const values = axis.values
  if (order !== 'rising' || !(values[0]! > values[values.length - 1]!)) return converted
  const n = axis.shape[0]!
  return freeze({ ...converted, ...takeOfDataset(converted, to, n - 1, n, -1) })
}

function assertOneOf(name: string, found: string | undefined, expected: readonly string[]): void {
  if (found === undefined || expected.includes(found)) return
  throw new OperandoError('E_ARGUMENT', `convertAxis: ${name} is '${found}', '${expected.join("' or '")}' expected.`, {
    details: { name, found },
  })
}

function kindOf(dim: string): AxisKind {
  const kind = AXIS_KINDS.find(k => k === dim)
  if (kind) return kind
  throw new OperandoError(
    'E_ARGUMENT',
    `convertAxis: '${dim}' is none of ${AXIS_KINDS.join(', ')}; say what it holds, as in { from: 'twoTheta' }.`,
    { details: { found: dim } },
  )
}

function constantsOf(options: ConvertAxisOptions, meta: Meta): AxisConstants {
  const positive = (value: number | string | undefined, to: string, name: string): number | undefined => {
    const number = value === undefined ? undefined : toValue(value, to, name)
    if (number === undefined || number > 0) return number
    throw new OperandoError('E_RANGE', `${name} = ${number} ${to}: a positive number expected.`, { details: { name } })
  }
  if (options.wavelength !== undefined && options.energy !== undefined)
    throw new OperandoError('E_ARGUMENT', 'convertAxis: wavelength and energy say the same thing; give one of them.')
  const energy = positive(options.energy, 'eV', 'energy')
  const given = positive(options.wavelength, 'Å', 'wavelength') ?? (energy && HC_EV_ANGSTROM / energy)
  return {
    wavelength: given ?? meta.wavelength ?? (meta.energy && HC_EV_ANGSTROM / meta.energy),
    e0: positive(options.e0, 'eV', 'e0'),
    twoTheta: positive(options.twoTheta, 'deg', 'twoTheta'),
  }
}
