import type { RealArray } from '../../core/arrays.js'
import type { GoodValues } from '../../numeric/sparse/createSparseProduct.js'

/** Largest count that a whole-number type can mean: the top of the range marks dead pixels and gaps (two values in 32 bits). */
function largest(values: RealArray): number {
  if (values instanceof Uint32Array) return 2 ** 32 - 3
  if (values instanceof Int32Array) return 2 ** 31 - 2
  if (values instanceof Uint16Array) return 2 ** 16 - 2
  if (values instanceof Int16Array) return 2 ** 15 - 2
  if (values instanceof Uint8Array || values instanceof Uint8ClampedArray) return 2 ** 8 - 2
  return 2 ** 7 - 2
}

/** Which values of a frame were measured. */
export function goodValues(values: RealArray, dummy: number | undefined, saturation: number | undefined): GoodValues {
  const real = values instanceof Float64Array || values instanceof Float32Array
  const most = real ? Number.MAX_VALUE : largest(values)
  // the largest number below the limit of saturation
  const below =
    saturation === undefined ? Infinity : real ? saturation - Math.abs(saturation) * Number.EPSILON : Math.ceil(saturation) - 1
  return { least: real ? -Number.MAX_VALUE : 0, most: Math.min(most, below), dummy: dummy ?? Number.NaN }
}

/** Marks bad values by 1. */
export function markBad(values: RealArray, { least, most, dummy }: GoodValues, out: Uint8Array): void {
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!
    out[i] = v >= least && v <= most && v !== dummy ? 0 : 1
  }
}
