import { reciprocalCell } from '../../../model/crystal/reciprocalCell.js'
import type { ReflectionList } from '../../../model/crystal/reflections.js'
import { siteMultiplicity, specialPosition } from '../../../model/crystal/siteSymmetry.js'
import type { SpaceGroup } from '../../../model/crystal/spaceGroup.js'
import type { Site } from '../../../model/crystal/structure.js'
import { rotationKey, TRANSLATION_UNIT } from '../../../model/crystal/symmetryOperation.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'

/** The reflections as every operation of the group turns them: what does not change while sites do. */
export interface TurnedReflections {
  /** Number of reflections. */
  readonly count: number
  /** Number of operations, one of each rotation: centrings only multiply, since their absences are left out. */
  readonly turns: number
  /** h R, three numbers an operation, operations of a reflection together. */
  readonly hkl: Int32Array
  /** h t, one number an operation. */
  readonly phase: Float64Array
  /** s² = 1/(4 d²) of each reflection, 1/Å². */
  readonly s2: Float64Array
}

/**
 * Turns reflections by the operations of a group.
 * @param reflections Allowed reflections.
 * @param group       The group.
 */
export function turnReflections(reflections: ReflectionList, group: SpaceGroup): TurnedReflections {
  const byRotation = new Map(group.operations.toReversed().map(o => [rotationKey(o.rotation), o]))
  const operations = [...byRotation.values()]
  const { count } = reflections
  const turns = operations.length
  const hkl = new Int32Array(count * turns * 3)
  const phase = new Float64Array(count * turns)
  for (let n = 0; n < count; n++) {
    const [h, k, l] = reflections.hkl.subarray(3 * n, 3 * n + 3) as unknown as [number, number, number]
    operations.forEach(({ rotation: r, translation: t }, i) => {
      const at = n * turns + i
      hkl[3 * at] = h * r[0] + k * r[3] + l * r[6]
      hkl[3 * at + 1] = h * r[1] + k * r[4] + l * r[7]
      hkl[3 * at + 2] = h * r[2] + k * r[5] + l * r[8]
      phase[at] = (h * t[0] + k * t[1] + l * t[2]) / TRANSLATION_UNIT
    })
  }
  return { count, turns, hkl, phase, s2: reflections.d.map(d => 1 / (4 * d * d)) }
}

/** Sites as the sums need them. */
export interface SummedSite {
  /** Fractions of a, b, c, on the special position. */
  readonly position: readonly [x: number, y: number, z: number]
  /** Atoms in the cell, occupancy counted, over the number of turns. */
  readonly weight: number
  /** 8 pi² U_iso in Å². */
  readonly b: number
  /** 2 pi² U_ij a*_i a*_j as 11, 22, 33, 2 x 23, 2 x 13, 2 x 12; absent for an isotropic site. */
  readonly beta?: Float64Array | undefined
}

/**
 * What the sums need of a site.
 * @param site  The site.
 * @param cell  The cell, for anisotropic displacements.
 * @param group The group.
 * @param turns Number of distinct rotations.
 */
export function summedSite(site: Site, cell: UnitCell, group: SpaceGroup, turns: number): SummedSite {
  const { a, b, c } = reciprocalCell(cell)
  const { uAniso: u } = site
  const factor = 2 * Math.PI ** 2
  return {
    position: specialPosition(group, site.position),
    weight: (site.occupancy * siteMultiplicity(group, site.position)) / turns,
    b: u ? 0 : 8 * Math.PI ** 2 * (site.uIso ?? 0),
    ...(u
      ? {
          beta: Float64Array.of(
            u[0] * a * a,
            u[1] * b * b,
            u[2] * c * c,
            2 * u[3] * b * c,
            2 * u[4] * a * c,
            2 * u[5] * a * b,
          ).map(x => factor * x),
        }
      : {}),
  }
}

/**
 * Geometric sums of one site over the turned reflections: C = w sum T cos 2 pi (hR.x + ht) and S with the sine, T the displacement factor.
 * @param turned The reflections.
 * @param site   The site.
 * @param cosine Receives C, one a reflection.
 * @param sine   Receives S.
 */
export function siteSums(turned: TurnedReflections, site: SummedSite, cosine: Float64Array, sine: Float64Array): void {
  const { count, turns, hkl, phase, s2 } = turned
  const [x, y, z] = site.position
  const { weight, b, beta } = site
  const twoPi = 2 * Math.PI
  for (let n = 0; n < count; n++) {
    let c = 0
    let s = 0
    for (let at = n * turns, end = at + turns; at < end; at++) {
      const h = hkl[3 * at]!
      const k = hkl[3 * at + 1]!
      const l = hkl[3 * at + 2]!
      const angle = twoPi * (h * x + k * y + l * z + phase[at]!)
      if (beta) {
        const exponent =
          beta[0]! * h * h + beta[1]! * k * k + beta[2]! * l * l + beta[3]! * k * l + beta[4]! * h * l + beta[5]! * h * k
        const t = Math.exp(-exponent)
        c += t * Math.cos(angle)
        s += t * Math.sin(angle)
      } else {
        c += Math.cos(angle)
        s += Math.sin(angle)
      }
    }
    const t = beta ? weight : weight * Math.exp(-b * s2[n]!)
    cosine[n] = t * c
    sine[n] = t * s
  }
}
