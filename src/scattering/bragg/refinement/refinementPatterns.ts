import { asFloat64, assertRising, type NumbersLike } from '../../../core/arrays.js'
import { HC_EV_ANGSTROM } from '../../../core/constants.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown } from '../../../core/fields.js'
import { convertAxis } from '../../../model/convertAxis.js'
import type { Dataset } from '../../../model/dataset.js'
import { goodPoints } from '../../pattern.js'
import type { PhasePattern } from '../phases/phaseFitTypes.js'
import { loadPattern, radiationOf } from '../phases/phaseProblem.js'
import type { PatternSetting } from './patternLayout.js'
import {
  type PatternAxis,
  REFINEMENT_FIELDS,
  type RefinementAxis,
  type RefinementData,
  type RefinementOptions,
  type RefinementPattern,
} from './refinementTypes.js'

/** Whether something is a Dataset rather than plain numbers. */
export function isDataset(given: unknown): given is Dataset {
  return typeof given === 'object' && given !== null && Array.isArray((given as Dataset).dims) && 'coords' in given
}

/**
 * The axes of a refinement, with what each says of its instrument; what it does not say, the common options do.
 * @param axis    2theta, a Dataset, or a list of both with names.
 * @param options Common options.
 */
export function axesOf(axis: RefinementAxis, options: RefinementOptions): PatternSetting[] {
  const isList = Array.isArray(axis) && axis.length > 0 && typeof axis[0] === 'object'
  const list: readonly PatternAxis[] = isList
    ? (axis as readonly PatternAxis[])
    : [{ name: '', twoTheta: axis as NumbersLike | Dataset }]
  return list.map(({ name, twoTheta, ...own }, index): PatternSetting => {
    assertKnown(own, `pattern ${name || index}`, REFINEMENT_FIELDS)
    const merged: RefinementOptions = { ...options, ...own }
    const wavelength = merged.wavelength ?? merged.doublet?.wavelengths[0] ?? wavelengthOf(twoTheta)
    const x = angles(twoTheta, wavelength)
    if (x.length < 2) throw new OperandoError('E_SHAPE', `twoTheta: two angles or more expected, ${x.length} found.`)
    assertRising(x, 'twoTheta')
    return { name, x, radiation: radiationOf({ ...merged, wavelength, polarization: 0 }), options: merged }
  })
}

/** The axis of a pattern that brings its own. */
export function axisOf(pattern: RefinementPattern | Dataset): NumbersLike | Dataset {
  assertFields(pattern, 'pattern', [])
  return isDataset(pattern) ? pattern : pattern.twoTheta
}

function wavelengthOf(given: NumbersLike | Dataset): number | undefined {
  if (!isDataset(given)) return undefined
  return given.meta.wavelength ?? (given.meta.energy === undefined ? undefined : HC_EV_ANGSTROM / given.meta.energy)
}

/** 2theta in degrees of plain angles, or of the last dim of a Dataset: twoTheta, or q or d, which the wavelength converts. */
function angles(given: NumbersLike | Dataset, wavelength: number | undefined): Float64Array {
  if (!isDataset(given)) return asFloat64(given, 'twoTheta')
  const dim = given.dims[given.dims.length - 1]!
  if (dim === 'twoTheta') return asFloat64(given.coords.twoTheta ?? [], 'twoTheta')
  const coord = given.coords[dim]
  if (coord === undefined)
    throw new OperandoError('E_MISSING', `A Dataset with an axis along its last dim was expected; '${dim}' has no coord.`)
  const axisOnly = {
    ...given,
    dims: [dim],
    shape: coord.shape,
    values: coord.values,
    sigma: undefined,
    mask: undefined,
    coords: { [dim]: coord },
  }
  const converted = convertAxis(axisOnly as Dataset, dim, 'twoTheta', { wavelength, order: 'keep' })
  return asFloat64(converted.coords.twoTheta!, 'twoTheta')
}

/**
 * Enters the patterns of a fit: values and weights; points that are NaN, masked or excluded have none.
 * @param given    One pattern, or as many as there are axes, in their order.
 * @param settings The axes.
 * @param targets  Where values and weights go.
 * @returns How many points have a weight.
 */
export function enterPatterns(
  given: RefinementData | readonly RefinementData[],
  settings: readonly PatternSetting[],
  targets: readonly { readonly y: Float64Array; readonly weight: Float64Array }[],
): number {
  const list = Array.isArray(given) ? (given as readonly RefinementData[]) : [given as RefinementData]
  if (list.length !== settings.length)
    throw new OperandoError('E_SHAPE', `fit: ${settings.length} patterns expected, one for each axis, ${list.length} found.`)
  let good = 0
  list.forEach((data, index) => {
    const { x, options } = settings[index]!
    const { y, weight } = targets[index]!
    assertFields(data, 'pattern', [])
    const pattern = isDataset(data) ? ofDataset(data) : data
    const intensity = asFloat64(pattern.intensity, 'intensity', { length: x.length, allowNaN: true })
    const mask = new Uint8Array(x.length).fill(1)
    for (const i of goodPoints(intensity, pattern.mask)) mask[i] = 0
    for (const [low, high] of options.excluded ?? [])
      for (let i = 0; i < x.length; i++) if (x[i]! >= low && x[i]! <= high) mask[i] = 1
    good += loadPattern({ ...pattern, intensity, mask }, y, weight)
  })
  return good
}

function ofDataset({ values, sigma, mask, dims }: Dataset): PhasePattern {
  if (dims.length !== 1)
    throw new OperandoError(
      'E_SHAPE',
      `fit: one pattern expected, found a Dataset of dims ${dims.join(', ')}. Take its frames one by one.`,
    )
  return { intensity: values, ...(sigma && { sigma }), ...(mask && { mask }) }
}
