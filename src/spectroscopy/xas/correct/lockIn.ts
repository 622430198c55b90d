import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { householderQr, solveUpper } from '../../../numeric/linear/householder.js'

/** Options of {@link lockIn}. */
export interface LockInOptions {
  /** Samples per second. */
  rate: number
  /** Frequency of the modulation, Hz. */
  frequency: number
  /** Samples of a point of the spectrum: one demodulated value each. Default: all of them, one value. */
  block?: number | undefined
  /** Phase of the modulation at the first sample, radians: what `inPhase` is measured against. Default 0. */
  phase?: number | undefined
  /** Which harmonic of the frequency. Default 1. */
  harmonic?: number | undefined
}

const OPTIONS: FieldsOf<LockInOptions> = { rate: true, frequency: true, block: true, phase: true, harmonic: true }

/** A demodulated stream, a value each block. */
export interface LockIn {
  /** Amplitude of the part that goes with cos(2 pi f t + phase). */
  readonly inPhase: Float64Array
  /** Amplitude of the part that lags by a quarter of a period, with sin(2 pi f t + phase). */
  readonly quadrature: Float64Array
  /** Root of the sum of both squares. */
  readonly amplitude: Float64Array
  /** Lag of the signal behind the reference, radians. */
  readonly lag: Float64Array
  /** What is not modulated: mean of the block without its drift. */
  readonly offset: Float64Array
  /** Standard error of `inPhase` and of `quadrature`, from what is left of the samples. */
  readonly sigma: Float64Array
}

/** Unknowns of a block: offset, drift, cosine, sine. */
const UNKNOWNS = 4

/**
 * Demodulates a signal at a known frequency, as a lock-in amplifier does: electron yield of an electrode whose beam or potential is modulated, of which the drain current of the battery itself, orders of magnitude larger, is not. In each block
 * offset, drift, cosine and sine are fitted together by least squares, so that a block need not hold whole periods.
 *
 * @param signal  Samples.
 * @param options Rate, frequency, block, phase.
 * @throws OperandoError `E_RANGE` for a frequency above half of the rate, or a block of less than one period or eight samples; `E_NAN`.
 * @example
 * ```ts
 * import { lockIn } from 'operando/spectroscopy'
 * const current = Array.from({ length: 2000 }, (_, i) => 40 + 0.01 * i + 0.3 * Math.cos((2 * Math.PI * 37 * i) / 1000))
 * lockIn(current, { rate: 1000, frequency: 37, block: 500 }).inPhase // 0.3, 0.3, 0.3, 0.3
 * ```
 */
export function lockIn(signal: NumbersLike, options: LockInOptions): LockIn {
  assertFields(options, 'lockIn options', ['rate', 'frequency'])
  assertKnown(options, 'lockIn options', OPTIONS)
  const samples = asFloat64(signal, 'signal')
  const { rate, frequency, block = samples.length, phase = 0, harmonic = 1 } = options
  const turn = (2 * Math.PI * frequency * harmonic) / rate
  if (!(turn > 0 && turn < Math.PI && Number.isFinite(phase))) {
    throw new OperandoError(
      'E_RANGE',
      `lockIn: frequency ${frequency} Hz, harmonic ${harmonic}, at ${rate} samples per second: between 0 and half of the rate expected.`,
    )
  }
  if (!(Number.isInteger(block) && block >= 8 && block * turn >= 2 * Math.PI && block <= samples.length)) {
    throw new OperandoError(
      'E_RANGE',
      `lockIn: a block of ${block} of ${samples.length} samples: whole, at least 8 and a period of ${Math.ceil((2 * Math.PI) / turn)} samples expected.`,
    )
  }
  const count = Math.floor(samples.length / block)
  const [inPhase, quadrature, amplitude, lag, offset, sigma] = Array.from({ length: 6 }, () => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const columns = new Float64Array(UNKNOWNS * block)
  for (let b = 0; b < count; b++) {
    const right = samples.slice(b * block, (b + 1) * block)
    for (let i = 0; i < block; i++) {
      const angle = turn * (b * block + i) + phase * harmonic
      columns[i] = 1
      columns[block + i] = (2 * i + 1 - block) / block
      columns[2 * block + i] = Math.cos(angle)
      columns[3 * block + i] = Math.sin(angle)
    }
    householderQr(columns, block, UNKNOWNS, right)
    let square = 0
    for (let i = UNKNOWNS; i < block; i++) square += right[i]! ** 2
    solveUpper(columns, block, UNKNOWNS, right)
    offset[b] = right[0]!
    inPhase[b] = right[2]!
    quadrature[b] = right[3]!
    amplitude[b] = Math.hypot(right[2]!, right[3]!)
    lag[b] = Math.atan2(right[3]!, right[2]!)
    // over many samples a cosine and a sine are as good as orthogonal to all else
    sigma[b] = Math.sqrt(((square / (block - UNKNOWNS)) * 2) / block)
  }
  return { inPhase, quadrature, amplitude, lag, offset, sigma }
}
