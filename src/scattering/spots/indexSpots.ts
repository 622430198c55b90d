import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Hkl } from '../../model/crystal/matrix3.js'
import type { Spot } from './spotTypes.js'

/** A ring. */
export interface RingLine {
  /** Its Miller indices. */
  readonly hkl: Hkl
  /** Spacing, Å. */
  readonly d: number
}

/** A phase with its rings. */
export interface RingPhase {
  /** Its name. */
  readonly name: string
  /** Its lines, of `powderReflections` for instance. */
  readonly lines: readonly RingLine[]
}

/** Options of {@link indexSpots}. */
export interface IndexSpotsOptions {
  /** How far a spot may be from its ring: part of q, as a strain. Default 0.01. */
  tolerance?: number | undefined
}

/** A spot with its ring. */
export interface IndexedSpot extends Spot {
  /** Phase of its ring; `null` for a spot on none. */
  readonly phase: string | null
  /** Indices of its ring, one of the equivalents: which of them is not told by one spot. */
  readonly hkl: Hkl | null
  /** Relative difference of its spacing from the ring's: (d - d0) / d0. `null` on none. */
  readonly strain: number | null
  /** Other rings within the tolerance: the indices are then not sure. */
  readonly others: number
}

const OPTIONS: FieldsOf<IndexSpotsOptions> = { tolerance: true }

/**
 * Gives spots the ring that is nearest to them, by their spacing.
 * @param spots   Spots of a frame, of a geometry with wavelength.
 * @param phases  Phases with lines.
 * @param options Tolerance.
 * @throws OperandoError `E_ARGUMENT` for spots without q or no phases, `E_RANGE` for a tolerance that is not above 0.
 * @example
 * ```ts
 * import { indexSpots } from 'operando/scattering'
 * const spot = { row: 10, column: 20, twoTheta: 5.5, q: 3.02, chi: 40, intensity: 900, sigma: 30, peak: 300, pixels: 6, saturated: false, cut: false }
 * const [indexed] = indexSpots([spot], [{ name: 'Cu', lines: [{ hkl: [1, 1, 1], d: 2.087 }, { hkl: [2, 0, 0], d: 1.807 }] }])
 * console.log(indexed?.phase, indexed?.hkl, indexed?.strain) // Cu 111, -0.0031
 * ```
 */
export function indexSpots(spots: readonly Spot[], phases: readonly RingPhase[], options: IndexSpotsOptions = {}): IndexedSpot[] {
  assertKnown(options, 'indexSpots options', OPTIONS)
  const { tolerance = 0.01 } = options
  if (!(tolerance > 0)) throw new OperandoError('E_RANGE', `indexSpots: tolerance = ${tolerance}: above 0 expected.`)
  if (!Array.isArray(spots as unknown) || !Array.isArray(phases as unknown) || phases.length === 0)
    throw new OperandoError('E_ARGUMENT', 'indexSpots: spots, and phases as { name, lines }, expected.')
  const rings = phases.flatMap((phase, i) => {
    assertFields(phase, `phases[${i}]`, ['name', 'lines'])
    return phase.lines.map(({ hkl, d }) => ({ phase: phase.name, hkl, d }))
  })
  return spots.map((spot, i) => {
    if (!(spot.q > 0)) throw new OperandoError('E_ARGUMENT', `spots[${i}] has no q: a geometry with wavelength expected.`)
    const d = (2 * Math.PI) / spot.q
    const near = rings
      .map(ring => ({ ...ring, strain: d / ring.d - 1 }))
      .filter(({ strain }) => Math.abs(strain) <= tolerance)
      .sort((a, b) => Math.abs(a.strain) - Math.abs(b.strain))
    const [best] = near
    // 333 and 511 are one ring
    const others = near.filter(ring => best && Math.abs(ring.d - best.d) > 1e-9 * best.d).length
    return { ...spot, phase: best?.phase ?? null, hkl: best?.hkl ?? null, strain: best?.strain ?? null, others }
  })
}
