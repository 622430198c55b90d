import type { RealArray } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import type { Kernels } from '../wasm/kernels.js'
import { addProducts, addProductsAndSquares } from './addColumns.js'
import { createKernelProduct } from './createKernelProduct.js'
import { type SparseMap, TILE } from './sparseMap.js'

/** Which values count: those from `least` to `most`, but for `dummy`. NaN never does. */
export interface GoodValues {
  /** Least good value. */
  readonly least: number
  /** Largest good value. */
  readonly most: number
  /** A value that says that nothing was measured; NaN for none. */
  readonly dummy: number
}

/** Everything but NaN and infinities. */
export const ALL_FINITE: GoodValues = { least: -Number.MAX_VALUE, most: Number.MAX_VALUE, dummy: Number.NaN }

/** A sparse product that is computed again and again: see {@link createSparseProduct}. */
export interface SparseProduct {
  /**
   * Sums of weight x value for each output, over good values.
   * @param values  A value an input.
   * @param good    Which count.
   * @param sums    Receives the sums; what was there is lost.
   * @param squares Receives sums of weight² x value, if wanted.
   * @returns How many of the inputs that have entries were left out.
   */
  apply(values: RealArray, good: GoodValues, sums: Float64Array, squares?: Float64Array | undefined): number
}

/**
 * The plan of a sparse product: values of many inputs shared among outputs. Inputs are read a tile at a time, in memory order, and each of their values once a
 * pair of passes; sums are double.
 * @param map     The matrix.
 * @param kernels SIMD kernels: weights are then rounded to single precision (3e-8), sums stay double.
 */
export function createSparseProduct(map: SparseMap, kernels?: Kernels): SparseProduct {
  if (kernels) return createKernelProduct(map, kernels)
  const tileValues = new Float64Array(TILE)
  return {
    apply(values, good, sums, squares): number {
      checkLength(values, map.inputs)
      sums.fill(0)
      squares?.fill(0)
      let bad = 0
      for (const tile of map.tiles) {
        tileValues.set(values.subarray(tile.from, tile.from + tile.length))
        bad += dropBad(tileValues, tile.length, good, map.used, tile.from)
        if (squares) addProductsAndSquares(tile, tileValues, sums, squares)
        else addProducts(tile, tileValues, sums)
      }
      return bad
    },
  }
}

/** @throws OperandoError `E_SHAPE` */
export function checkLength(values: RealArray, inputs: number): void {
  if (values.length === inputs) return
  throw new OperandoError('E_SHAPE', `${inputs} values expected, one an input, ${values.length} found.`)
}

/** Sets values that do not count to 0, and tells how many inputs with entries had one. */
function dropBad(values: Float64Array, length: number, good: GoodValues, used: Uint8Array, from: number): number {
  const { least, most, dummy } = good
  let bad = 0
  for (let i = 0; i < length; i++) {
    const v = values[i]!
    if (v >= least && v <= most && v !== dummy) continue
    values[i] = 0
    bad += used[from + i]!
  }
  return bad
}
