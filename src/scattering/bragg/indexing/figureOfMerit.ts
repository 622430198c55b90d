import type { PeakAxis } from '../dSpacingOfPeak.js'
import type { CellFromUnindexedPeaks } from './indexingTypes.js'

/**
 * Figures of merit of de Wolff and of Smith and Snyder: agreement over the number of lines that there might have been.
 * @param pairs      Lines used.
 * @param calculated All possible lines.
 * @param axis       What positions are.
 * @param wavelength Å, for twoTheta.
 */
export function figureOfMerit(
  pairs: readonly { readonly observed: number; readonly calculated: number }[],
  calculated: Float64Array,
  axis: PeakAxis,
  wavelength: number,
): CellFromUnindexedPeaks['figureOfMerit'] {
  const inverseSquare = (position: number): number => {
    if (axis === 'd') return position ** -2
    if (axis === 'q') return (position / (2 * Math.PI)) ** 2
    return ((2 * Math.sin((position * Math.PI) / 360)) / wavelength) ** 2
  }
  const largest = Math.max(...pairs.map(pair => inverseSquare(pair.calculated)))
  const possible = calculated.filter(at => inverseSquare(at) <= largest * (1 + 1e-12)).length
  const meanOf = (of: (position: number) => number): number =>
    pairs.reduce((sum, pair) => sum + Math.abs(of(pair.observed) - of(pair.calculated)), 0) / pairs.length
  const inSquares = meanOf(inverseSquare)
  const inDegrees = meanOf(position => position)
  return {
    m: largest / (2 * inSquares * possible),
    f: axis === 'twoTheta' ? pairs.length / (inDegrees * possible) : null,
    used: pairs.length,
    possible,
  }
}
