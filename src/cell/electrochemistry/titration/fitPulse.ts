import { leastSquares } from '../../../numeric/leastSquares/leastSquares.js'
import type { CyclingColumns } from '../columns.js'
import type { DiffusionPath } from './diffusionLength.js'
import type { CurrentPulse } from './findPulses.js'
import { fluxResponse } from './fluxResponse.js'

/** The full solution for finite diffusion, fitted to a pulse and the relaxation after it. */
export interface DiffusionFit {
  /** Diffusion coefficient, cm²/s. */
  readonly diffusion: number
  /** Its standard error; `null` when the pulse does not determine it. */
  readonly standardError: number | null
  /** Change of the equilibrium potential over the pulse, V, also where the rest was too short to show it. */
  readonly steadyChange: number
  /** Drop that comes and goes with the current, over the current: ohmic and charge transfer, Ω. */
  readonly resistance: number
  /** Root mean square of the residuals, V. */
  readonly rms: number
  /** Duration of the pulse over the diffusion time L²/D. */
  readonly ratio: number
  /** Whether the fit converged. */
  readonly converged: boolean
}

/**
 * Fits D, the drop and the equilibrium potentials to all rows of a pulse and its relaxation.
 * @param columns Columns of the record.
 * @param pulse   The pulse.
 * @param path    Geometry.
 * @param start   D to start from, cm²/s, if one is known.
 * @returns The fit, or `null` with fewer than 8 rows.
 */
export function fitPulse(
  columns: CyclingColumns,
  pulse: CurrentPulse,
  path: DiffusionPath,
  start: number | null,
): DiffusionFit | null {
  const { time, potential } = columns
  const rows: number[] = []
  for (let i = pulse.before; i < pulse.restTo; i++) if (Number.isFinite(potential[i])) rows.push(i)
  if (rows.length < 8) return null
  const n = rows.length
  const at = Float64Array.from(rows, i => time[i]! - pulse.start)
  const measured = Float64Array.from(rows, i => potential[i]!)
  // a row reports its interval: current flows in rows from..to - 1
  const flows = Float64Array.from(rows, i => (i >= pulse.from && i < pulse.to ? 1 : 0))
  const { duration } = pulse
  const square = path.length ** 2
  const first = measured[0]!
  const steady = measured[n - 1]! - first
  const jump = potential[pulse.from]! - first
  // seconds of a diffusion length: the scale on which D is sought
  const guess = start !== null && start > 0 && start < Infinity ? square / start : duration
  const evaluate = (p: Float64Array, out: Float64Array): void => {
    const seconds = Math.exp(p[0]!)
    for (let i = 0; i < n; i++) {
      const t = at[i]!
      const rise = fluxResponse(t / seconds, path.kind) - fluxResponse((t - duration) / seconds, path.kind)
      out[i] = p[1]! + flows[i]! * p[2]! + p[3]! * (seconds / duration) * rise - measured[i]!
    }
  }
  // the cost may have a second valley where D is far off: start from three places a decade apart
  const fits = [-2.3, 0, 2.3].map(shift =>
    leastSquares({ points: n, residuals: evaluate }, [
      { name: 'logTime', value: Math.log(guess) + shift, min: Math.log(duration) - 16, max: Math.log(duration) + 16, scale: 1 },
      { name: 'start', value: first },
      { name: 'drop', value: jump, scale: Math.max(Math.abs(jump), 1e-4) },
      { name: 'steady', value: steady, scale: Math.max(Math.abs(steady), 1e-4) },
    ]),
  )
  const fit = fits.reduce((a, b) => (b.chiSquare < a.chiSquare ? b : a))
  const p = fit.parameters
  const diffusion = square / Math.exp(p.logTime!.value)
  const error = p.logTime!.standardError
  return {
    diffusion,
    standardError: error === null || p.logTime!.atBound ? null : diffusion * error,
    steadyChange: p.steady!.value,
    resistance: p.drop!.value / pulse.current,
    rms: Math.sqrt(fit.chiSquare / n),
    ratio: (duration * diffusion) / square,
    converged: fit.converged,
  }
}
