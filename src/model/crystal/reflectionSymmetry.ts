import { assertKnown } from '../../core/fields.js'
import type { Hkl, Matrix3 } from './matrix3.js'
import { operationsOf } from './operationsOf.js'
import { distinctRotations } from './pointGroup.js'
import type { SpaceGroup } from './spaceGroup.js'
import { TRANSLATION_UNIT } from './symmetryOperation.js'

/** Indices of the reflection that an operation takes hkl to: the row (h k l) times the rotation. */
function image([h, k, l]: Hkl, r: Matrix3): Hkl {
  // + 0: no -0 among the indices
  return [h * r[0] + k * r[3] + l * r[6] + 0, h * r[1] + k * r[4] + l * r[7] + 0, h * r[2] + k * r[5] + l * r[8] + 0]
}

const same = (x: Hkl, y: Hkl): boolean => x[0] === y[0] && x[1] === y[1] && x[2] === y[2]
const opposite = ([h, k, l]: Hkl): Hkl => [0 - h, 0 - k, 0 - l]

/**
 * Whether the space group forces the structure factor of hkl to be 0 (lattice centring, glide planes, screw axes).
 * Lines that are absent only because of where atoms sit are not told.
 * @param group The space group.
 * @param hkl   Whole indices.
 * @see International Tables A, section 1.6.3: hR = h and h.t not whole for an operation (R, t)
 * @example
 * ```ts
 * import { spaceGroup, systematicallyAbsent } from 'operando'
 * systematicallyAbsent(spaceGroup('Fd-3m'), [2, 0, 0]) // true
 * ```
 */
export function systematicallyAbsent(group: SpaceGroup, hkl: Hkl): boolean {
  return operationsOf(group).some(
    ({ rotation, translation: t }) =>
      same(image(hkl, rotation), hkl) && (hkl[0] * t[0] + hkl[1] * t[1] + hkl[2] * t[2]) % TRANSLATION_UNIT !== 0,
  )
}

const OPTIONS: Readonly<Record<'friedel', true>> = { friedel: true }

/**
 * The reflections that the point group makes equal to hkl, itself first.
 * @param group   The space group.
 * @param hkl     Whole indices.
 * @param options `friedel`: count (-h -k -l) among them, as without anomalous scattering. Default true.
 * @example
 * ```ts
 * import { equivalentReflections, spaceGroup } from 'operando'
 * equivalentReflections(spaceGroup('P4'), [1, 2, 0]).length // 4; (2 1 0) is not among them
 * ```
 */
export function equivalentReflections(group: SpaceGroup, hkl: Hkl, options: { friedel?: boolean | undefined } = {}): Hkl[] {
  assertKnown(options, 'equivalentReflections options', OPTIONS)
  const { friedel = true } = options
  const found = new Map<string, Hkl>()
  for (const { rotation } of operationsOf(group)) {
    const h = image(hkl, rotation)
    found.set(h.join(), h)
    if (friedel) found.set(opposite(h).join(), opposite(h))
  }
  return [...found.values()]
}

/**
 * Multiplicity of a powder line: the number of reflections that the Laue class makes equal to hkl, Friedel mates counted.
 * In a group without inversion and with anomalous scattering the mates differ in |F|: the line is then the multiplicity times
 * the mean of |F(hkl)|² and |F(-h-k-l)|². Lines that overlap without being equal (hkl and khl of 4/m) are counted apart.
 * @param group The space group.
 * @param hkl   Whole indices.
 * @example
 * ```ts
 * import { multiplicity, spaceGroup } from 'operando'
 * multiplicity(spaceGroup('Fd-3m'), [1, 1, 1]) // 8
 * ```
 */
export function multiplicity(group: SpaceGroup, hkl: Hkl): number {
  return equivalentReflections(group, hkl).length
}

/**
 * Statistical weight of a reflection: how many rotations of the point group leave hkl where it is.
 * @param group The space group.
 * @param hkl   Whole indices.
 * @example
 * ```ts
 * import { epsilon, spaceGroup } from 'operando'
 * epsilon(spaceGroup('Pnma'), [2, 0, 0]) // 4
 * ```
 */
export function epsilon(group: SpaceGroup, hkl: Hkl): number {
  return distinctRotations(operationsOf(group)).filter(r => same(image(hkl, r), hkl)).length
}

/**
 * Whether an operation takes hkl to its Friedel mate: the phase is then one of two.
 * @param group The space group.
 * @param hkl   Whole indices.
 * @example
 * ```ts
 * import { isCentric, spaceGroup } from 'operando'
 * isCentric(spaceGroup('P212121'), [1, 2, 0]) // true
 * ```
 */
export function isCentric(group: SpaceGroup, hkl: Hkl): boolean {
  return operationsOf(group).some(({ rotation }) => same(image(hkl, rotation), opposite(hkl)))
}
