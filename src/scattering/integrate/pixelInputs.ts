import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'

/** Rows and columns of what was given, where it says so. */
function shapeOf(given: unknown): readonly number[] | undefined {
  const shape: unknown = typeof given === 'object' && given !== null && 'shape' in given ? given.shape : undefined
  return Array.isArray(shape) ? (shape as number[]) : undefined
}

function checkShape(given: unknown, length: number, shape: readonly [number, number], name: string): void {
  const own = shapeOf(given)
  const found = own ? own.join(' x ') : `${length} values`
  if (own ? own.join() === shape.join() : length === shape[0] * shape[1]) return
  throw new OperandoError(
    'E_SHAPE',
    `${name}: ${shape[0]} rows x ${shape[1]} columns expected as the geometry's frames, found ${found}.`,
    {
      details: { name, expected: [...shape], found },
    },
  )
}

/** A number for each pixel, as a new array; NaN passes. @throws OperandoError `E_SHAPE` */
export function imageOf(given: NumbersLike, shape: readonly [number, number], name: string): Float64Array {
  const values = asFloat64(given, name, { allowNaN: true, allowInfinite: true })
  checkShape(given, values.length, shape, name)
  return values.slice()
}

/** Pixels to leave out: masked ones, and those whose normalisation is not above 0 or whose dark counts are no number. @throws OperandoError `E_SHAPE` */
export function badPixels(
  mask: NumbersLike | readonly boolean[] | undefined,
  shape: readonly [number, number],
  normalization: Float64Array,
  dark: Float64Array | undefined,
): Uint8Array {
  const bad = new Uint8Array(shape[0] * shape[1])
  if (mask !== undefined) {
    const plain =
      Array.isArray(mask) && typeof mask[0] === 'boolean' ? Uint8Array.from(mask as boolean[], Number) : (mask as NumbersLike)
    const values = imageOf(plain, shape, 'mask')
    for (let i = 0; i < bad.length; i++) bad[i] = values[i] === 0 ? 0 : 1
  }
  for (let i = 0; i < bad.length; i++) {
    if (!(normalization[i]! > 0 && normalization[i]! < Infinity) || (dark && !Number.isFinite(dark[i]!))) bad[i] = 1
  }
  return bad
}
