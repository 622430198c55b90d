import { asFloat64, assertRising, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { createSpline } from '../../../numeric/interpolate/spline.js'
import { pointsTo } from './kGrid.js'

/** How chi comes from its own wavenumbers onto the even grid. */
export interface GridLoader {
  /** Wavenumber of the first point of the data. */
  readonly first: number
  /** Wavenumber of the last point. */
  readonly last: number
  /** Points of the even grid, from k = 0 to `last`. */
  readonly points: number
  /**
   * Puts a spectrum on the grid; below the first point of the data it is 0.
   * @param chi As many values as there are wavenumbers.
   * @param out Receives `points` values from its beginning.
   */
  load(chi: Float64Array, out: Float64Array): void
}

/** Part of a step by which a wavenumber may miss its grid point. */
const ON_GRID = 1e-5

/**
 * Prepares the way of spectra onto the even grid: copied where their wavenumbers are grid points, else by a cubic spline (straight lines would lose amplitude at high k).
 * @param k     Wavenumbers of the data, 1/Å, rising.
 * @param kstep Step of the grid.
 * @throws OperandoError `E_SHAPE` for fewer than 4 points, `E_AXIS` for wavenumbers that do not rise or lie below 0, `E_RANGE` for what looks like energies.
 */
export function createGridLoader(k: NumbersLike, kstep: number): GridLoader {
  const axis = asFloat64(k, 'k').slice()
  if (axis.length < 4) {
    throw new OperandoError('E_SHAPE', `chi(k): 4 points or more expected, ${axis.length} found: the scan is too short.`, {
      details: { found: axis.length },
    })
  }
  assertRising(axis, 'k')
  const first = axis[0]!
  const last = axis[axis.length - 1]!
  if (first < -ON_GRID * kstep) {
    throw new OperandoError(
      'E_AXIS',
      `k begins at ${first} 1/Å: wavenumbers from 0 on expected. Leave out the points below the edge.`,
    )
  }
  if (last > 100) {
    throw new OperandoError(
      'E_RANGE',
      `k ends at ${last} 1/Å: wavenumbers up to 100 1/Å expected. Are these energies? wavenumber(energy, e0) converts them.`,
      { details: { found: last } },
    )
  }
  const offset = Math.round(first / kstep)
  const isOnGrid = axis.every((value, i) => Math.abs(value - (offset + i) * kstep) <= ON_GRID * kstep)
  const points = pointsTo(last, kstep)
  if (isOnGrid) {
    return {
      first,
      last,
      points,
      load(chi, out) {
        out.fill(0, 0, offset)
        out.set(chi, offset)
      },
    }
  }
  const start = Math.ceil(first / kstep - ON_GRID)
  const end = Math.min(points, Math.floor(last / kstep + ON_GRID) + 1)
  const grid = Float64Array.from({ length: end - start }, (_, i) => Math.min(last, Math.max(first, (start + i) * kstep)))
  return {
    first,
    last,
    points,
    load(chi, out) {
      out.fill(0, 0, points)
      createSpline(axis, chi).evaluate(grid, out.subarray(start, end))
    },
  }
}
