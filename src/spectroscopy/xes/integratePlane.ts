import { OperandoError } from '../../core/errors.js'
import { multiplyUnits } from '../../core/unit.js'
import type { Dataset } from '../../model/dataset.js'
import { derive } from '../../model/derive.js'
import { combineLines } from './cutPlane.js'
import { assertPlane, type RixsAxis } from './rixsPlane.js'

/**
 * Integral of a plane over one axis: over the emission the (partial) fluorescence yield, over the incident energy the emission as a whole.
 *
 * Each line counts with the width of its cell, half way to its neighbours. A point whose cells are not all measured is NaN and masked: a part of an integral is none.
 *
 * @param plane Two of the dims `incident`, `emission`, `transfer`.
 * @param over  The axis to integrate over.
 * @param range Lowest and highest energy, eV, ends included. Default: all.
 * @throws OperandoError `E_RANGE` for a range without lines; `E_MISSING` for an axis that the plane has not; `E_SHAPE`, `E_AXIS`.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { integratePlane } from 'operando/spectroscopy'
 * const plane = createDataset({
 *   name: 'I', dims: ['emission', 'incident'], shape: [3, 2], values: [1, 2, 3, 4, 1, 2], unit: 'counts',
 *   coords: { emission: { dims: ['emission'], values: [523, 524, 525], unit: 'eV' }, incident: { dims: ['incident'], values: [530, 531], unit: 'eV' } },
 * })
 * integratePlane(plane, 'emission').values // 5, 8: the fluorescence yield
 * ```
 */
export function integratePlane(
  plane: Dataset,
  over: RixsAxis,
  range: readonly [number, number] = [-Infinity, Infinity],
): Dataset {
  assertPlane(plane, 'integratePlane')
  const held = plane.dims.indexOf(over)
  if (held < 0)
    throw new OperandoError('E_MISSING', `integratePlane: the plane has the axes ${plane.dims.join(' and ')}, not '${over}'.`)
  const axis = plane.coords[over]!
  const e = axis.values
  const n = e.length
  const lines = Array.from({ length: n }, (_, index) => {
    const below = index > 0 ? e[index]! - e[index - 1]! : n > 1 ? e[1]! - e[0]! : 1
    const above = index < n - 1 ? e[index + 1]! - e[index]! : below
    return { index, weight: (below + above) / 2 }
  }).filter(({ index }) => e[index]! >= range[0] && e[index]! <= range[1])
  if (lines.length === 0)
    throw new OperandoError(
      'E_RANGE',
      `integratePlane: ${over} reaches from ${e[0]} to ${e[n - 1]} eV; no line lies between ${range[0]} and ${range[1]} eV.`,
    )
  const found = combineLines(plane, held, lines, 'sum', {
    op: 'integratePlane',
    parameters: { over, from: e[lines[0]!.index]!, to: e[lines[lines.length - 1]!.index]! },
  })
  return derive(found, {
    unit: multiplyUnits(plane.unit, axis.unit),
    step: { op: 'integratePlane', parameters: { unit: 'times that of the axis' } },
  })
}
