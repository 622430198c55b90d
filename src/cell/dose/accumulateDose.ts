import { OperandoError } from '../../core/errors.js'
import { type Length, toValue } from '../../core/quantity.js'
import { unit } from '../../core/unit.js'
import { valuesIn } from '../../model/align.js'
import type { BeamSpot, Cell } from '../../model/cell.js'
import type { Variable } from '../../model/dataset.js'
import { freezeData } from '../../model/derive.js'

/** A dose that a spot of a cell gets. */
export interface SpotDose {
  /** Name of the spot. Default: that of the spot at `position`, or a new name. */
  readonly spot?: string | undefined
  /** Centre across the cell, horizontal and vertical: numbers in mm. Needed for a new spot. */
  readonly position?: readonly [x: Length, y: Length] | undefined
  /** Full width at half maximum, horizontal and vertical: numbers in µm. Needed for a new spot. */
  readonly size?: readonly [horizontal: Length, vertical: Length] | undefined
  /** Absorbed dose, Gy. */
  readonly dose: number
}

/**
 * The cell with a dose added to the record of one of its beam spots; the cell that was given stays as it is.
 *
 * A spot is found by its name, or else by its position: the one that the beam overlaps by its half widths. No such spot: a new one. Where the record is a course
 * of doses, the new sum is put behind it.
 * @param cell  The cell.
 * @param added The dose, and where.
 * @throws OperandoError `E_RANGE` for a dose below 0 or not finite, `E_MISSING` for a name without spot where position and size are not given to make one, or
 *   for neither name nor position, `E_ARGUMENT` when the position overlaps several spots.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { accumulateDose } from 'operando/cell'
 * const fresh = createCell({
 *   format: 'pouch',
 *   layers: [{ role: 'collector', electrode: 'counter', thickness: 10, material: { formula: 'Cu', density: 8.96 } }],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const once = accumulateDose(fresh, { position: [1, 0], size: [300, 100], dose: 35e3 })
 * const twice = accumulateDose(once, { position: [1.01, 0], size: [300, 100], dose: 35e3 })
 * twice.beamSpots // one spot, 70e3 Gy
 * ```
 */
export function accumulateDose(cell: Cell, added: SpotDose): Cell {
  const { dose } = added
  if (!(dose >= 0 && Number.isFinite(dose))) throw new OperandoError('E_RANGE', `dose = ${dose} Gy: 0 or more expected.`)
  const position = added.position && (added.position.map(x => toValue(x, 'mm', 'position')) as [number, number])
  const size = added.size && (added.size.map(s => toValue(s, 'µm', 'size')) as [number, number])
  if (size && !(size[0] > 0 && size[1] > 0))
    throw new OperandoError('E_RANGE', `size = ${size.join(' x ')} µm: above 0 expected.`)
  const at = findSpot(cell, added.spot, position, size)
  if (at >= 0) {
    const beamSpots = cell.beamSpots.map((spot, i) => (i === at ? { ...spot, dose: sumOf(spot.dose, dose) } : spot))
    return freezeData({ ...cell, beamSpots })
  }
  if (!position || !size)
    throw new OperandoError(
      'E_MISSING',
      `${cell.name} has no beam spot ${added.spot === undefined ? 'there' : `"${added.spot}"`}: give position and size to make one, or one of ` +
        `${cell.beamSpots.map(spot => `"${spot.name}"`).join(', ') || '(none yet)'}.`,
    )
  const made: BeamSpot = { name: added.spot ?? freeName(cell), position, size, dose }
  return freezeData({ ...cell, beamSpots: [...cell.beamSpots, made] })
}

function findSpot(
  cell: Cell,
  name: string | undefined,
  position: readonly [number, number] | undefined,
  size: readonly [number, number] | undefined,
): number {
  if (name !== undefined) return cell.beamSpots.findIndex(spot => spot.name === name)
  if (!position) return -1
  const reach = (spot: BeamSpot, axis: 0 | 1): number => (spot.size[axis] + (size?.[axis] ?? 0)) / 4000
  const near = cell.beamSpots.flatMap((spot, i) =>
    ([0, 1] as const).every(axis => Math.abs(spot.position[axis] - position[axis]) < reach(spot, axis)) ? [i] : [],
  )
  if (near.length <= 1) return near[0] ?? -1
  throw new OperandoError(
    'E_ARGUMENT',
    `The beam at [${position.join(', ')}] mm overlaps ${near.map(i => `"${cell.beamSpots[i]!.name}"`).join(' and ')}: name the spot.`,
  )
}

function freeName(cell: Cell): string {
  let n = cell.beamSpots.length + 1
  while (cell.beamSpots.some(spot => spot.name === `spot ${n}`)) n++
  return `spot ${n}`
}

function sumOf(before: number | Variable, added: number): number | Variable {
  if (typeof before === 'number') return before + added
  const gray = valuesIn(before, unit('Gy'))
  const values = new Float64Array(gray.length + 1)
  values.set(gray)
  const known = gray.findLast(value => !Number.isNaN(value)) ?? 0
  values[gray.length] = known + added
  return { ...before, sigma: undefined, shape: [values.length], values, unit: unit('Gy') }
}
