import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'

/** How deep a yield comes from. */
export interface YieldDepth {
  /** Mean depth from which the signal escapes, nm: 2 to 5 for total electron yield, 100 and more for soft fluorescence. */
  depth: number
  /** Angle between beam and surface, degrees. Default 90. */
  angle?: number | undefined
}

const FIELDS: FieldsOf<YieldDepth> = { depth: true, angle: true }

/** mu sin(angle) in 1/µm at which half of the photons are absorbed within the depth. */
function halfway(depth: YieldDepth): number {
  assertFields(depth, 'depth', ['depth'])
  assertKnown(depth, 'depth', FIELDS)
  const { depth: nanometres, angle = 90 } = depth
  if (!(nanometres > 0 && angle > 0 && angle <= 90)) {
    throw new OperandoError(
      'E_RANGE',
      `depth = ${nanometres} nm, angle = ${angle}°: a depth above 0 and an angle from the surface, above 0 and up to 90°, expected.`,
    )
  }
  return (1000 / nanometres) * Math.sin((angle * Math.PI) / 180)
}

/**
 * Signal of a yield from a thick uniform sample: the share of the photons that is absorbed within the depth of escape, mu / (mu + sin(angle) / depth). It saturates at strong lines and grazing incidence.
 *
 * @param mu    Linear attenuation, 1/µm, n values, 0 or more.
 * @param depth Depth of escape, angle.
 * @returns n values, 0 to 1.
 * @throws OperandoError `E_RANGE`, `E_NAN`.
 * @see R. Nakajima, J. Stöhr, Y. U. Idzerda, Phys. Rev. B 59 (1999) 6421
 * @example
 * ```ts
 * import { yieldSignal } from 'operando/spectroscopy'
 * yieldSignal([6, 46], { depth: 3, angle: 10 }) // 0.094, 0.443: a ratio of 4.7, not 7.7
 * ```
 */
export function yieldSignal(mu: NumbersLike, depth: YieldDepth): Float64Array {
  const half = halfway(depth)
  return asFloat64(mu, 'mu').map((m, i) => {
    if (!(m >= 0)) throw new OperandoError('E_RANGE', `mu[${i}] = ${m}: an attenuation of 0 or more expected.`)
    return m / (m + half)
  })
}

/** Options of {@link correctYieldSaturation}. */
export interface YieldSaturationOptions extends YieldDepth {
  /** Attenuation of the sample just below the edge, 1/µm. */
  below: number
  /** Rise of the attenuation at the edge, far above it, 1/µm. */
  jump: number
}

const OPTIONS: FieldsOf<YieldSaturationOptions> = { ...FIELDS, below: true, jump: true }

/**
 * True normalised absorption from a normalised yield that saturates, undoing {@link yieldSignal} with the attenuation that tables give below the edge and its jump there (`createAttenuation` of `operando/matter`).
 *
 * @param norm    Normalised yield: 0 below the edge, 1 far above, n values.
 * @param options Depth, angle, attenuation below, jump.
 * @returns Normalised absorption, n values.
 * @throws OperandoError `E_RANGE` where the signal is more than saturation allows, naming the point; `E_NAN`.
 * @example
 * ```ts
 * import { correctYieldSaturation } from 'operando/spectroscopy'
 * correctYieldSaturation([0, 1, 4.2], { depth: 3, angle: 30, below: 6, jump: 8 }) // 0, 1, 6.0
 * ```
 */
export function correctYieldSaturation(norm: NumbersLike, options: YieldSaturationOptions): Float64Array {
  assertFields(options, 'correctYieldSaturation options', ['depth', 'below', 'jump'])
  assertKnown(options, 'correctYieldSaturation options', OPTIONS)
  const { below, jump, depth, angle } = options
  const half = halfway({ depth, angle })
  if (!(below >= 0 && jump > 0))
    throw new OperandoError(
      'E_RANGE',
      `below = ${below}, jump = ${jump} 1/µm: an attenuation of 0 or more and a jump above 0 expected.`,
    )
  const [low, high] = [below / (below + half), (below + jump) / (below + jump + half)]
  return asFloat64(norm, 'norm').map((v, i) => {
    const signal = low + v * (high - low)
    if (!(signal < 1))
      throw new OperandoError(
        'E_RANGE',
        `norm[${i}] = ${v}: a yield from ${depth} nm cannot rise above ${((1 - low) / (high - low)).toFixed(2)}. Is the depth smaller, or the jump larger?`,
        { details: { index: i } },
      )
    return ((half * signal) / (1 - signal) - below) / jump
  })
}
