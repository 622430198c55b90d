import { isOperandoError } from '../../../core/errors.js'
import {
  cellFitsGroup,
  parseOperation,
  type SpaceGroup,
  spaceGroup,
  spaceGroupFromHall,
  spaceGroupFromOperations,
  spaceGroupSettings,
  type UnitCell,
} from '../../../model/crystal/index.js'
import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { itemOf, tableWith } from './lookUp.js'
import type { CifBlock, CifValue } from './parseCif.js'

const OPERATIONS = ['_space_group_symop_operation_xyz', '_symmetry_equiv_pos_as_xyz']
const HALL = ['_space_group_name_hall', '_symmetry_space_group_name_hall']
const HM = ['_space_group_name_h-m_alt', '_symmetry_space_group_name_h-m', '_space_group_name_h-m_full', '_space_group_name_h-m']
const NUMBER = ['_space_group_it_number', '_symmetry_int_tables_number']

const lineOf = (value: CifValue): string => `line ${value.line}`

/**
 * The space group of a block: from its operations, else the Hall symbol, else the Hermann-Mauguin symbol, else the number.
 * What contradicts the one taken is warned of.
 */
export function readSymmetry(block: CifBlock, cell: UnitCell, context: ReadContext): SpaceGroup {
  const group = fromOperations(block, context) ?? fromHall(block, context) ?? fromSymbol(block, cell, context)
  if (!group) {
    throw fileError(
      'E_MISSING',
      context.name,
      `block ${block.name} tells no symmetry (${OPERATIONS[0]}, ${HALL[0]}, ${HM[0]}, ${NUMBER[0]}). Pass { spaceGroup: 'P 1' } or what it is.`,
      `line ${block.line}`,
    )
  }
  warnOfContradictions(block, group, context)
  return group
}

function fromOperations(block: CifBlock, context: ReadContext): SpaceGroup | undefined {
  const loop = tableWith(block, ...OPERATIONS)
  if (!loop) return undefined
  const column = loop.tags.findIndex(tag => OPERATIONS.includes(tag))
  const values = loop.rows.map(row => row[column]!).filter(value => value.missing === undefined)
  if (values.length === 0) return undefined
  const read = at(context.name, values[0]!, () => {
    return spaceGroupFromOperations(values.map(value => at(context.name, value, () => parseOperation(value.text))))
  })
  const unique = new Set(values.map(v => v.text.replace(/\s/g, ''))).size
  if (read.operations.length > unique) {
    context.warn(
      'W_SYMMETRY',
      `the ${unique} operations listed are not all of their group: ${read.operations.length} taken, their products added.`,
      lineOf(values[0]!),
    )
  }
  return read
}

function fromHall(block: CifBlock, context: ReadContext): SpaceGroup | undefined {
  const hall = itemOf(block, ...HALL)
  return hall && at(context.name, hall, () => spaceGroupFromHall(hall.text))
}

function fromSymbol(block: CifBlock, cell: UnitCell, context: ReadContext): SpaceGroup | undefined {
  const symbol = itemOf(block, ...HM)
  const number = itemOf(block, ...NUMBER)
  const value = symbol ?? number
  if (!value) return undefined
  const code = itemOf(block, '_space_group_it_coordinate_system_code')
  const settings = at(context.name, value, () => spaceGroupSettings(symbol ? symbol.text : Number(value.text)))
  const told = code && settings.filter(s => s.setting.toLowerCase() === code.text.toLowerCase())
  const groups = (told?.length ? told : settings).map(s => spaceGroup(s.hm))
  const group = groups.find(g => cellFitsGroup(cell, g)) ?? groups[0]!
  // the same symbol with the other origin
  const twin = groups.find(g => g !== group && /^[12]/.test(g.setting) && g.hm!.split(':')[0] === group.hm!.split(':')[0])
  if (twin) {
    context.warn(
      'W_ORIGIN',
      `${value.text} has two origins and the file does not tell which: ${group.hm} taken. If distances come out wrong, pass { spaceGroup: '${twin.hm}' }.`,
      lineOf(value),
    )
  }
  return group
}

/** Tells of every other statement on symmetry that does not agree. */
function warnOfContradictions(block: CifBlock, group: SpaceGroup, context: ReadContext): void {
  const name = group.hm ?? `a setting that is not tabulated (point group ${group.pointGroup})`
  const warn = (value: CifValue, what: string): void =>
    context.warn(
      'W_SYMMETRY',
      `${what} ${JSON.stringify(value.text)} does not agree with the symmetry taken, ${name}.`,
      lineOf(value),
    )
  const keys = (g: SpaceGroup): string =>
    g.operations
      .map(o => `${o.rotation}|${o.translation}`)
      .sort()
      .join()
  const hall = itemOf(block, ...HALL)
  if (hall) {
    const other = attempt(() => spaceGroupFromHall(hall.text))
    if (!other || keys(other) !== keys(group)) warn(hall, 'the Hall symbol')
  }
  const symbol = itemOf(block, ...HM)
  if (symbol) {
    const settings = attempt(() => spaceGroupSettings(symbol.text))
    if (!settings) warn(symbol, 'the Hermann-Mauguin symbol (not one that is known)')
    else if (group.hall !== null && !settings.some(s => s.hall === group.hall)) warn(symbol, 'the Hermann-Mauguin symbol')
  }
  const number = itemOf(block, ...NUMBER)
  if (number && group.number !== null && Number(number.text) !== group.number) warn(number, 'the space-group number')
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (isOperandoError(error)) return undefined
    throw error
  }
}

/** Runs a reader of one value; its error then names file and line. */
export function at<T>(file: string, value: CifValue, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (isOperandoError(error) && !error.message.startsWith(file)) throw fileError(error.code, file, error.message, lineOf(value))
    throw error
  }
}
