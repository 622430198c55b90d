import { OperandoError } from '../../core/errors.js'
import { expandStructure } from './expandStructure.js'
import { quadraticForm, type Vector3 } from './matrix3.js'
import { metricElements } from './metric.js'
import { reciprocalCell } from './reciprocalCell.js'
import type { Structure } from './structure.js'

/** An atom in reach of another. */
export interface Neighbour {
  /** Index of its site in `structure.sites`. */
  readonly site: number
  /** Label of its site. */
  readonly label: string
  /** Where it is, fractions of a, b, c; any cell. */
  readonly position: Vector3
  /** Å. */
  readonly distance: number
}

/**
 * The atoms around a position, nearest first; periodic images are found.
 * @param structure The structure.
 * @param from      Fractions of a, b, c, or the label of a site. An atom on the position itself is left out.
 * @param radius    Å.
 * @throws OperandoError `E_MISSING` for an unknown label, `E_RANGE` for a radius that is not positive and finite.
 * @example
 * ```ts
 * import { createStructure, neighbours } from 'operando'
 * const silicon = createStructure({ cell: { a: 5.43102 }, spaceGroup: 'F d -3 m:1', sites: [{ element: 'Si', position: [0, 0, 0] }] })
 * neighbours(silicon, 'Si1', 2.5).length // 4
 * ```
 */
export function neighbours(structure: Structure, from: Vector3 | string, radius: number): Neighbour[] {
  if (!(radius > 0 && Number.isFinite(radius)))
    throw new OperandoError('E_RANGE', `neighbours: radius = ${radius} Å, a positive number expected.`)
  const atoms = expandStructure(structure)
  const centre = typeof from === 'string' ? atoms.find(atom => atom.label === from)?.position : from
  if (!centre) {
    throw new OperandoError(
      'E_MISSING',
      `neighbours: no site "${from}"; there are ${structure.sites.map(site => site.label).join(', ')}.`,
    )
  }
  const metric = metricElements(structure.cell)
  const { a, b, c } = reciprocalCell(structure.cell)
  // a sphere of radius r reaches r |a*| along the fractional coordinate x
  const reach = [radius * a, radius * b, radius * c]
  const out: Neighbour[] = []
  for (const { site, label, position } of atoms) {
    const ranges = position.map(
      (x, i) => [Math.ceil(centre[i]! - reach[i]! - x), Math.floor(centre[i]! + reach[i]! - x)] as const,
    )
    const [[h0, h1], [k0, k1], [l0, l1]] = ranges as unknown as readonly [
      readonly [number, number],
      readonly [number, number],
      readonly [number, number],
    ]
    for (let h = h0; h <= h1; h++) {
      for (let k = k0; k <= k1; k++) {
        for (let l = l0; l <= l1; l++) {
          const p: Vector3 = [position[0] + h, position[1] + k, position[2] + l]
          const distance = Math.sqrt(quadraticForm(metric, [p[0] - centre[0], p[1] - centre[1], p[2] - centre[2]]))
          if (distance <= radius && distance > 1e-3) out.push({ site, label, position: p, distance })
        }
      }
    }
  }
  return out.sort((x, y) => x.distance - y.distance || x.site - y.site)
}
