import { OperandoError } from '../../core/errors.js'
import { generatorsFromHall } from './hallSymbol.js'
import { type CrystalSystem, type LaueClass, pointGroupOf } from './pointGroup.js'
import { allSettings, type SpaceGroupSetting, spaceGroupSettings } from './spaceGroupSettings.js'
import { centringVectors, closeGroup } from './symmetryGroup.js'
import { operationKey, parseOperation, type SymmetryOperation } from './symmetryOperation.js'

/** A space group in one setting, as plain data. Operations say all; the symbols are `null` where the setting is not tabulated. */
export interface SpaceGroup {
  /** Number in the International Tables, 1 to 230. */
  readonly number: number | null
  /** Hermann-Mauguin symbol with origin choice or axes: `P n m a`, `F d -3 m:2`, `R -3 m:H`. */
  readonly hm: string | null
  /** Hall symbol. */
  readonly hall: string | null
  /** Origin choice (`1`, `2`), axes (`H`, `R`), unique axis and cell choice (`b1`) or permutation (`ba-c`); empty for the only setting of its symbol. */
  readonly setting: string
  /** All operations in the cell, the identity first; those of each lattice centring follow one another. */
  readonly operations: readonly SymmetryOperation[]
  /** Lattice type: P, A, B, C, I, F, R (obverse, hexagonal axes), H, or ? for any other set of lattice translations. */
  readonly centring: string
  /** One of the 32 point groups, e.g. `mmm`, `-42m`. */
  readonly pointGroup: string
  /** Laue class. */
  readonly laueClass: LaueClass
  /** Crystal system. */
  readonly crystalSystem: CrystalSystem
  /** Whether there is an inversion centre, at the origin or elsewhere. */
  readonly isCentrosymmetric: boolean
}

/** Lattice letters by their translations in 24ths. */
const CENTRINGS: Readonly<Record<string, string>> = {
  '0,0,0': 'P',
  '0,0,0;0,12,12': 'A',
  '0,0,0;12,0,12': 'B',
  '0,0,0;12,12,0': 'C',
  '0,0,0;12,12,12': 'I',
  '0,0,0;0,12,12;12,0,12;12,12,0': 'F',
  '0,0,0;8,16,16;16,8,8': 'R',
  '0,0,0;8,16,0;16,8,0': 'H',
}

/**
 * A space group by Hermann-Mauguin symbol or number. Where these leave the setting open, the usual one is taken: origin choice 2 (inversion
 * centre at the origin), hexagonal axes, unique axis b with cell choice 1; see `spaceGroupSettings` for the others.
 *
 * @param symbol `P n m a`, `Pnma`, `R-3m:H`, `I 41/a m d :2`, `F d -3 m Z`, `C2/c`, `P21/n` ... or 1 to 230. Absences and multiplicities
 *   do not depend on the origin, but atoms do: give the choice whenever there are any.
 * @throws OperandoError `E_MISSING` for anything else.
 * @see International Tables for Crystallography A
 * @example
 * ```ts
 * import { spaceGroup } from 'operando'
 * spaceGroup('Pnma').number // 62
 * spaceGroup('F d -3 m:1').hall // 'F 4d 2 3 -1d'
 * ```
 */
export function spaceGroup(symbol: string | number): SpaceGroup {
  const setting = spaceGroupSettings(symbol)[0]!
  return describe(closeGroup(generatorsFromHall(setting.hall)), setting)
}

/**
 * A space group by its Hall symbol, tabulated or not.
 * @param symbol For instance `-P 2ac 2n`, `F 4d 2 3 -1d`, or with a change of basis, `-P 2ac 2n (0 0 3)` (twelfths), `-C 2yc (x,y,z+1/4)`.
 * @throws OperandoError `E_FORMAT` when it is no Hall symbol.
 * @see S. R. Hall, Acta Cryst. A37 (1981) 517
 * @example
 * ```ts
 * import { spaceGroupFromHall } from 'operando'
 * spaceGroupFromHall('-P 2ac 2n').hm // 'P n m a'
 * ```
 */
export function spaceGroupFromHall(symbol: string): SpaceGroup {
  const operations = closeGroup(generatorsFromHall(symbol))
  const plain = symbol.trim().replaceAll('_', ' ').replace(/\s+/g, ' ').toLowerCase()
  const setting = allSettings().find(s => s.hall.toLowerCase() === plain) ?? identify(operations)
  return describe(operations, setting)
}

/**
 * A space group by its operations. Products that are missing from the list are added; a list that is tabulated is recognised.
 * @param operations Texts such as `-x+1/2,-y,z+1/2`, or operations.
 * @throws OperandoError `E_FORMAT` when a text is no operation, or the list makes no space group; `E_SHAPE` when it is empty.
 * @example
 * ```ts
 * import { spaceGroupFromOperations } from 'operando'
 * spaceGroupFromOperations(['x,y,z', '-x,y+1/2,-z']).hm // 'P 1 21 1'
 * ```
 */
export function spaceGroupFromOperations(operations: readonly (string | SymmetryOperation)[]): SpaceGroup {
  if (!Array.isArray(operations) || operations.length === 0)
    throw new OperandoError('E_SHAPE', 'A list of symmetry operations is empty: at least "x,y,z" expected.')
  const closed = closeGroup(operations.map(o => (typeof o === 'string' ? parseOperation(o) : o)))
  return describe(closed, identify(closed))
}

/** The tabulated setting with exactly these operations. */
function identify(operations: readonly SymmetryOperation[]): SpaceGroupSetting | undefined {
  const keys = new Set(operations.map(operationKey))
  return allSettings().find(({ hall }) => {
    const generators = generatorsFromHall(hall)
    return generators.every(g => keys.has(operationKey(g))) && closeGroup(generators).length === keys.size
  })
}

function describe(operations: readonly SymmetryOperation[], setting: SpaceGroupSetting | undefined): SpaceGroup {
  return Object.freeze({
    number: setting?.number ?? null,
    hm: setting?.hm ?? null,
    hall: setting?.hall ?? null,
    setting: setting?.setting ?? '',
    operations,
    centring: CENTRINGS[centringVectors(operations).join(';')] ?? '?',
    ...pointGroupOf(operations),
  })
}
