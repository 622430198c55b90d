import { fitChebyshev } from '../background/fitChebyshev.js'
import { lowerBound } from '../lowerBound.js'
import { type FoundPeak, findPeaks } from './findPeaks.js'
import { guessOf } from './peakGuess.js'
import type { PeakLayout } from './peakLayout.js'
import type { PeakTarget } from './peakProblem.js'

/**
 * Fills the starts: what the model says, and for the rest what the data say, if asked.
 * @param start  Receives all parameters.
 * @param layout Parameters.
 * @param target The pattern.
 * @param look   Whether to look at the data: not needed where a seed gives everything.
 */
export function startFromData(start: Float64Array, layout: PeakLayout, target: PeakTarget, look: boolean): void {
  const { inputs, peaks, profile, background } = layout
  const { x, data, weight } = target
  inputs.forEach(({ value }, j) => {
    start[j] = value ?? 0
  })
  if (!look) return
  const mask = Uint8Array.from(weight, w => (w === 0 ? 1 : 0))
  const degree = inputs.length - background - 1
  const net = data.slice()
  if (degree >= 0) {
    const { coefficients, values } = fitChebyshev(x, data, { degree, clip: 2, mask })
    start.set(coefficients, background)
    for (let i = 0; i < net.length; i++) net[i]! -= values[i]!
  }
  const unknown = peaks.some(({ guess }) => guessOf(guess.fwhm).value === undefined)
  const found = unknown ? findPeaks(x, data, { mask }) : []
  const span = x[x.length - 1]! - x[0]!
  for (const { guess, area, centre, shape } of peaks) {
    const fwhm = guessOf(guess.fwhm).value ?? widthNear(found, start[centre]!) ?? span / 20
    const typical = profile.guess(fwhm)
    profile.shape.forEach(({ name }, k) => {
      const given = guessOf(guess[name as 'fwhm']).value
      start[shape[k]!] = given ?? typical[k]!
    })
    const own = Float64Array.from(shape, j => start[j]!)
    const height = Math.max(levelAround(x, net, weight, start[centre]!, fwhm / 4), 0)
    start[area] = guessOf(guess.area).value ?? height / profile.height(own)
  }
}

/** Width of the found peak that covers a position, or the median of all. */
function widthNear(found: readonly FoundPeak[], centre: number): number | undefined {
  const here = found.filter(p => Math.abs(p.centre - centre) <= p.fwhm)
  if (here.length > 0) return here.reduce((a, b) => (Math.abs(a.centre - centre) < Math.abs(b.centre - centre) ? a : b)).fwhm
  const widths = found.map(p => p.fwhm).sort((a, b) => a - b)
  return widths[widths.length >> 1]
}

/** Mean of the points that count within a distance, or the nearest one. */
function levelAround(x: Float64Array, y: Float64Array, weight: Float64Array, centre: number, distance: number): number {
  let [sum, count] = [0, 0]
  for (let i = lowerBound(x, centre - distance); i < x.length && x[i]! <= centre + distance; i++) {
    if (weight[i] === 0) continue
    sum += y[i]!
    count++
  }
  return count > 0 ? sum / count : y[Math.min(lowerBound(x, centre), y.length - 1)]!
}
