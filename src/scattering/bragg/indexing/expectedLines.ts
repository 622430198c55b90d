import { OperandoError } from '../../../core/errors.js'
import type { LatticeSystem } from '../../../model/crystal/latticeSystem.js'
import type { Hkl } from '../../../model/crystal/matrix3.js'
import { quadraticForm } from '../../../model/crystal/matrix3.js'
import { reciprocalMetric } from '../../../model/crystal/reciprocalCell.js'
import { reflections } from '../../../model/crystal/reflections.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { PeakAxis } from '../dSpacingOfPeak.js'
import type { IndexingPhase } from './indexingTypes.js'

/** A line that a peak may be. Lines of one d in every cell of the system (333 and 511) are one. */
export interface ExpectedLine {
  readonly hkl: Hkl
  /** Relative to the strongest; 1 where intensities are not known. */
  readonly intensity: number
}

/** The lattice system of a cell that has a group's symmetry: whether its numbers are free, not whether they are equal by chance. */
export function systemOf({ cell, spaceGroup }: IndexingPhase): LatticeSystem {
  const { crystalSystem } = spaceGroup
  if (crystalSystem === 'trigonal' || crystalSystem === 'hexagonal')
    return Math.abs(cell.gamma - 120) < 0.2 ? 'hexagonal' : 'rhombohedral'
  const turnsB = spaceGroup.operations.some(({ rotation: r }) => r[1] !== 0 || r[3] !== 0 || r[5] !== 0 || r[7] !== 0)
  const alongB = spaceGroup.operations.some(({ rotation: r }) => r[0] * r[4] < 0 && r[0] === r[8])
  if (crystalSystem === 'monoclinic' && (turnsB || !alongB))
    throw new OperandoError('E_ARGUMENT', 'A monoclinic cell with b as unique axis expected. Transform cell and group first.')
  return crystalSystem
}

/** All lines of a phase down to a spacing, those that always coincide taken together, by falling d. */
export function expectedLines(phase: IndexingPhase, dMin: number, weakest: number): ExpectedLine[] {
  const strength = new Map((phase.lines ?? []).map(({ hkl, intensity }) => [hkl.join(), intensity]))
  const most = Math.max(...strength.values(), 0)
  const list = reflections(phase.cell, phase.spaceGroup, { dMin })
  const out: (ExpectedLine & { d: number })[] = []
  for (let i = 0; i < list.count; i++) {
    const hkl = [...list.hkl.subarray(3 * i, 3 * i + 3)] as unknown as Hkl
    const intensity = phase.lines ? (strength.get(hkl.join()) ?? 0) / most : 1
    const last = out[out.length - 1]
    const d = list.d[i]!
    if (last && last.d - d <= 1e-9 * d) out[out.length - 1] = { ...last, intensity: phase.lines ? last.intensity + intensity : 1 }
    else out.push({ hkl, intensity, d })
  }
  return out.filter(line => line.intensity >= weakest)
}

/** Where lines of a cell lie on the axis; NaN beyond 180 degrees. */
export function positionsOf(
  lines: readonly ExpectedLine[],
  cell: UnitCell,
  axis: PeakAxis,
  wavelength: number,
  shift: (cosTheta: number) => number,
): Float64Array {
  const metric = reciprocalMetric(cell)
  return Float64Array.from(lines, ({ hkl }) => {
    const root = Math.sqrt(quadraticForm(metric, hkl))
    if (axis === 'd') return 1 / root
    if (axis === 'q') return 2 * Math.PI * root
    const theta = Math.asin(0.5 * wavelength * root)
    return (360 / Math.PI) * theta + shift(Math.cos(theta))
  })
}
