import { asFloat64, assertRising, type NumbersLike } from '../../core/arrays.js'
import { HC_EV_ANGSTROM } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields } from '../../core/fields.js'
import type { Dataset } from '../../model/dataset.js'

/** A pattern to fit: a 1-d Dataset, or its arrays. */
export type PeakData = Dataset | PeakArrays

/** A pattern as arrays. */
export interface PeakArrays {
  /** Abscissae, n values, strictly rising. */
  readonly x: NumbersLike
  /** Values, n; NaN where nothing was measured. */
  readonly y: NumbersLike
  /** Standard uncertainties, n. A point whose uncertainty is 0 or NaN is left out. */
  readonly sigma?: NumbersLike | undefined
  /** 0 = good, n values. */
  readonly mask?: ArrayLike<number> | undefined
}

/** A pattern that has passed the door. */
export interface OpenPeakData {
  /** Abscissae. */
  readonly x: Float64Array
  /** Values. */
  readonly y: Float64Array
  /** Standard uncertainties, if known. */
  readonly sigma?: Float64Array | undefined
  /** 0 = good. */
  readonly mask?: ArrayLike<number> | undefined
  /** Name of the axis of a Dataset. */
  readonly axis?: string | undefined
  /** Wavelength that a Dataset tells, Å. */
  readonly wavelength?: number | undefined
}

/**
 * Opens a pattern.
 * @param data Dataset with one dim and its axis, or arrays.
 * @throws OperandoError `E_SHAPE` for a Dataset that is not 1-d or arrays that do not fit, `E_AXIS` where the axis is missing or does not rise, `E_NAN`.
 */
export function openPeakData(data: PeakData): OpenPeakData {
  assertFields(data, 'fitPeaks: a pattern', [])
  if (!('dims' in data)) {
    assertFields(data, 'fitPeaks: a pattern', ['x', 'y'])
    const x = asFloat64(data.x, 'x')
    assertRising(x, 'x')
    const y = asFloat64(data.y, 'y', { length: x.length, allowNaN: true })
    return { x, y, sigma: data.sigma && asFloat64(data.sigma, 'sigma', { length: x.length, allowNaN: true }), mask: data.mask }
  }
  const [dim] = data.dims
  if (data.dims.length !== 1 || data.complex) {
    throw new OperandoError(
      'E_SHAPE',
      `${data.name}: a real Dataset with one dim expected, found [${data.dims.join(', ')}]. Select a frame first, or fit a series with sequence().`,
    )
  }
  const axis = data.coords[dim!]
  if (!axis) throw new OperandoError('E_AXIS', `${data.name}: it has no coord '${dim}', the axis of its dim.`)
  const x = axis.edges ? centresOf(asFloat64(axis.values, dim!)) : asFloat64(axis.values, dim!)
  assertRising(x, dim!)
  const { wavelength = data.meta.energy && HC_EV_ANGSTROM / data.meta.energy } = data.meta
  return {
    x,
    y: asFloat64(data.values, data.name, { length: x.length, allowNaN: true }),
    sigma: data.sigma && asFloat64(data.sigma, 'sigma', { allowNaN: true }),
    mask: data.mask,
    axis: dim,
    wavelength: wavelength || undefined,
  }
}

function centresOf(edges: Float64Array): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, i) => (edges[i]! + edges[i + 1]!) / 2)
}
