import type { Issue } from '../../core/issue.js'
import type { Dataset } from '../../model/dataset.js'
import { findPeaks } from '../../scattering/peaks/findPeaks.js'
import type { PhaseSequence } from './fitPhases.js'

/** A line that no phase has. */
export interface UnexplainedLine {
  /** Where, degrees 2θ. */
  readonly twoTheta: number
  /** Its d-spacing, Å. */
  readonly d: number
  /** Its height in the mean pattern, part of that of the strongest line of the phases. */
  readonly height: number
  /** Its full width at half maximum, degrees. */
  readonly fwhm: number
}

/** Frames that are looked at, evenly chosen: a foreign line is in many. */
const MOST_FRAMES = 100
/** A line stands so many standard deviations above the noise, and is so much of the strongest line. */
const LEAST = { snr: 4.5, height: 0.003 }

/**
 * Lines in what the phases leave of the mean pattern, strongest first. A bump where a phase has more than that itself is the phase's own shape or strength, and no line.
 * @param run        Patterns.
 * @param phaseFit   The fits along them.
 * @param wavelength Å.
 */
export function unexplainedLines(
  run: Dataset<'frame' | 'twoTheta'>,
  { curves, result }: PhaseSequence,
  wavelength: number,
): UnexplainedLine[] {
  const axis = Float64Array.from(run.coords.twoTheta!.values)
  const n = axis.length
  const good = [...result.status.keys()].filter(frame => result.status[frame] === 'good')
  const stride = Math.max(1, Math.ceil(good.length / MOST_FRAMES))
  const shown = good.filter((_, i) => i % stride === 0)
  if (shown.length === 0) return []
  const [rest, phases] = [new Float64Array(n), new Float64Array(n)]
  const counts = new Float64Array(n)
  for (const frame of shown) {
    const { calculated, background } = curves(frame)
    for (let i = 0; i < n; i++) {
      const k = frame * n + i
      if (run.mask?.[k] || Number.isNaN(run.values[k])) continue
      counts[i]!++
      rest[i]! += run.values[k]! - calculated[i]!
      phases[i]! += calculated[i]! - background[i]!
    }
  }
  for (let i = 0; i < n; i++) {
    rest[i]! /= counts[i] || 1
    phases[i]! /= counts[i] || 1
  }
  const mask = counts.map(count => Number(count === 0))
  const strongest = phases.reduce((most, v) => Math.max(most, v), 0)
  return findPeaks(axis, rest, { minSnr: LEAST.snr, shoulders: false, mask })
    .filter(({ index, height, fwhm }) => {
      const reach = Math.max(1, Math.round((0.5 * fwhm) / ((axis[n - 1]! - axis[0]!) / (n - 1))))
      const own = phases.subarray(Math.max(0, index - reach), index + reach + 1)
      return height > LEAST.height * strongest && height > own.reduce((most, v) => Math.max(most, v), 0)
    })
    .sort((a, b) => b.height - a.height)
    .map(({ centre, height, fwhm }) => ({
      twoTheta: centre,
      d: wavelength / (2 * Math.sin((centre * Math.PI) / 360)),
      height: height / strongest,
      fwhm,
    }))
}

/** How many lines are told one by one. */
const TOLD = 6

/**
 * What the warnings say of them.
 * @param lines The lines.
 */
export function unexplainedIssue(lines: readonly UnexplainedLine[]): Issue[] {
  if (lines.length === 0) return []
  const told = lines
    .slice(0, TOLD)
    .map(
      ({ twoTheta, d, height }) =>
        `${twoTheta.toFixed(2)}° (d = ${d.toFixed(3)} Å, ${(100 * height).toPrecision(2)} % of the strongest line)`,
    )
  const more = lines.length > TOLD ? ` and ${lines.length - TOLD} weaker ones` : ''
  const message =
    `No phase has ${lines.length === 1 ? 'the line' : `the ${lines.length} lines`} at ${told.join(', ')}${more}. Add the phase that they belong to, or leave their ` +
    'range out with { exclude }.'
  return [{ code: 'W_UNEXPLAINED', message }]
}
