import { OperandoError } from '../core/index.js'

/**
 * The array that receives a result: the caller's own if it fits, a new one if there is none.
 * @param out    What the caller passed.
 * @param length Length needed.
 * @throws OperandoError `E_SHAPE` if `out` has another length.
 */
export function outputOf(out: Float64Array | undefined, length: number): Float64Array {
  if (out === undefined) return new Float64Array(length)
  if (out.length !== length) {
    throw new OperandoError('E_SHAPE', `out: ${length} places are needed, ${out.length} found.`, {
      details: { expected: length, found: out.length },
    })
  }
  return out
}
