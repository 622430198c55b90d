import { isOperandoError } from '../../core/errors.js'
import { assertFields } from '../../core/fields.js'

/** What the fit of one frame returns; a `FitResult` of `operando/numeric` has all of it. */
export interface FrameFit {
  /** Parameters by name. */
  readonly parameters: Readonly<
    Record<
      string,
      {
        /** The value found. */
        readonly value: number
        /** Its standard error; `null` where there is none. */
        readonly standardError: number | null
      }
    >
  >
  /** Whether the fit converged. */
  readonly converged: boolean
  /** One sentence why it stopped. */
  readonly message: string
  /** Chi-square per degree of freedom, or any misfit that is smaller for a better fit. */
  readonly reducedChiSquare: number
}

/** Start values by name: those of another frame's fit. */
export type Seed = Readonly<Record<string, number>>

/**
 * Fits one frame.
 * @param frame The frame.
 * @param seed  Where to start; `undefined` before anything is known: the fit then makes its own guess.
 * @param index Number of the frame.
 */
export type FrameFitter<Frame> = (frame: Frame, seed: Seed | undefined, index: number) => FrameFit | Promise<FrameFit>

/** A frame's fit, or why there is none. */
export interface Attempt {
  /** The accepted fit. */
  readonly fit?: FrameFit | undefined
  /** Fits that were tried. */
  readonly tries: number
  /** Why the last try was not accepted. */
  readonly reason: string | null
}

/** The values of a fit, to start another one. */
export function seedOf(fit: FrameFit): Seed {
  const seed: Record<string, number> = {}
  for (const [name, { value }] of Object.entries(fit.parameters)) seed[name] = value
  return seed
}

/** Why a fit cannot be accepted, or `null`. */
function fault(fit: FrameFit): string | null {
  if (!fit.converged) return fit.message || 'the fit did not converge'
  if (!Number.isFinite(fit.reducedChiSquare)) return `the misfit is ${fit.reducedChiSquare}`
  for (const [name, { value }] of Object.entries(fit.parameters)) if (!Number.isFinite(value)) return `${name} is ${value}`
  return null
}

/** An error that speaks of the frame, in words; others are thrown on. */
function reasonOf(error: unknown): string {
  if (!isOperandoError(error) || error.code === 'E_ABORTED') throw error
  return `${error.code}: ${error.message}`
}

/**
 * Fits a frame from one seed after the other until a fit is accepted.
 *
 * @param read   Reads the frame.
 * @param index  Its number.
 * @param fit    The fit.
 * @param seeds  Where to start, most promising first.
 * @param accept Further demands on a converged fit: `true`, or why not.
 * @throws What reading and `fit` throw, except OperandoErrors other than `E_ABORTED`: those are a reason to try the next seed. A mistake in the
 *   program is no failed frame; nor is a result without `parameters`, `converged` or `reducedChiSquare` (`E_MISSING`).
 */
export async function fitFrame<Frame>(
  read: () => Frame | Promise<Frame>,
  index: number,
  fit: FrameFitter<Frame>,
  seeds: readonly (Seed | undefined)[],
  accept: (fit: FrameFit, index: number) => true | string,
): Promise<Attempt> {
  let reason: string | null = null
  let tries = 0
  let frame: Frame
  try {
    frame = await read()
  } catch (error) {
    return { tries, reason: reasonOf(error) }
  }
  for (const seed of seeds) {
    tries++
    let result: FrameFit
    try {
      result = await fit(frame, seed, index)
    } catch (error) {
      reason = reasonOf(error)
      continue
    }
    assertFields(result, `the fit of frame ${index}`, ['parameters', 'converged', 'reducedChiSquare'])
    reason = fault(result)
    if (reason !== null) continue
    const verdict = accept(result, index)
    if (verdict === true) return { fit: result, tries, reason: null }
    reason = verdict
  }
  return { tries, reason }
}
