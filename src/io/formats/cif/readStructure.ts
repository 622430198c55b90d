import { isOperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import {
  type CellNumbers,
  createStructure,
  createUnitCell,
  type SpaceGroup,
  type Structure,
  siteMultiplicity,
  spaceGroup,
  type UnitCell,
} from '../../../model/crystal/index.js'
import { createReadContext, fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { itemOf, numberOf } from './lookUp.js'
import { type CifBlock, parseBlocks } from './parseCif.js'
import { readSites } from './sites.js'
import { readSymmetry } from './symmetry.js'

/** Options of {@link readStructure}. */
export interface ReadStructureOptions {
  /** Name of the file, for messages. Default that of the block, or `CIF`. */
  file?: string | undefined
  /** Name of the data block to read. Default: the first that has a cell. */
  block?: string | undefined
  /** Space group to take instead of the file's own: a symbol such as `F d -3 m:1`, a number, or a group. */
  spaceGroup?: SpaceGroup | string | number | undefined
  /** Whether to leave out broken tables and sites, with warnings, instead of throwing. Default false. */
  lenient?: boolean | undefined
}

const OPTIONS: FieldsOf<ReadStructureOptions> = { file: true, block: true, spaceGroup: true, lenient: true }

/**
 * The crystal structure of a CIF file. Symmetry is taken from the operations if they are listed, else from the Hall symbol, the Hermann-Mauguin
 * symbol, the number, in this order; what contradicts it, and multiplicities that do not agree, are told in `warnings`.
 *
 * @param input   The file's text, or a block of `parseCif`.
 * @param options Block, space group, file name, strict or lenient.
 * @throws OperandoError `E_MISSING` when there is no cell, symmetry, element or position; else as `parseCif` and `createStructure`. The message names
 *   file and line.
 * @example
 * ```ts
 * import { readStructure } from 'operando/io'
 * const text = `data_Al
 * _cell_length_a 4.0495(2)
 * _cell_length_b 4.0495(2)
 * _cell_length_c 4.0495(2)
 * _space_group_name_H-M_alt 'F m -3 m'
 * loop_ _atom_site_label _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z
 * Al1 0 0 0
 * `
 * readStructure(text).cell.sigma // [0.0002, 0.0002, 0.0002, 0, 0, 0]
 * ```
 */
export function readStructure(input: string | CifBlock, options: ReadStructureOptions = {}): Structure {
  assertKnown(options, 'readStructure options', OPTIONS)
  const file = options.file ?? (typeof input === 'string' ? 'CIF' : input.file)
  const context = createReadContext({ name: file }, { lenient: options.lenient })
  if (typeof input !== 'string') return structureOf(input, context, options.spaceGroup)
  const blocks = parseBlocks(input, context)
  const named =
    options.block === undefined
      ? blocks.filter(hasCell)
      : blocks.filter(b => b.name.toLowerCase() === options.block!.toLowerCase())
  const chosen = named[0]
  if (!chosen) {
    const names = blocks.map(b => b.name).join(', ')
    const what = options.block === undefined ? 'a block with a unit cell (_cell_length_a)' : `a block named ${options.block}`
    throw fileError('E_MISSING', file, `${what} expected; found ${names}.`)
  }
  if (named.length > 1) {
    context.warn(
      'W_BLOCKS',
      `${named.length} structures in the file, the first is taken: ${named.map(b => b.name).join(', ')}. Pass { block } for another.`,
    )
  }
  // with what the syntax had to say
  return { ...structureOf(chosen, context, options.spaceGroup), warnings: context.warnings }
}

/** Whether a block holds a crystal. */
export function hasCell(block: CifBlock): boolean {
  return itemOf(block, '_cell_length_a') !== undefined
}

/** The structure of a block; doubts go to the context, and stand in the structure. */
export function structureOf(block: CifBlock, context: ReadContext, group?: SpaceGroup | string | number): Structure {
  const from = context.warnings.length
  const cell = readCell(block, context)
  const symmetry =
    group === undefined ? readSymmetry(block, cell, context) : typeof group === 'object' ? group : spaceGroup(group)
  const read = readSites(block, context)
  if (read.length === 0) context.warn('W_SITES', `block ${block.name} has no atom sites.`, `line ${block.line}`)
  for (const { label, position, multiplicity, line } of read) {
    const ours = siteMultiplicity(symmetry, position)
    if (multiplicity !== undefined && multiplicity !== ours) {
      context.warn(
        'W_MULTIPLICITY',
        `site ${label}: the file says multiplicity ${multiplicity}, its position has ${ours}.`,
        `line ${line}`,
      )
    }
  }
  const name = itemOf(
    block,
    '_chemical_name_mineral',
    '_chemical_name_common',
    '_chemical_name_systematic',
    '_pd_phase_name',
    '_chemical_formula_sum',
  )
  try {
    const structure = createStructure({
      name: name?.text.trim() ?? block.name,
      cell,
      spaceGroup: symmetry,
      sites: read.map(({ line: _line, multiplicity: _multiplicity, ...site }) => site),
    })
    const own = structure.warnings.map(w => ({ ...w, file: context.name, place: `block ${block.name}` }))
    context.warnings.push(...own)
    return { ...structure, warnings: context.warnings.slice(from) }
  } catch (error) {
    if (isOperandoError(error)) throw fileError(error.code, context.name, error.message, `block ${block.name}`)
    throw error
  }
}

function readCell(block: CifBlock, context: ReadContext): UnitCell {
  const read = (name: string): { value: number; sigma?: number | undefined } | undefined =>
    numberOf(itemOf(block, name), context.name, name)
  const edges = ['a', 'b', 'c'].map(x => read(`_cell_length_${x}`))
  const missing = ['a', 'b', 'c'].filter((_, i) => edges[i] === undefined)
  if (missing.length > 0) {
    throw fileError(
      'E_MISSING',
      context.name,
      `block ${block.name} has no ${missing.map(x => `_cell_length_${x}`).join(', ')}.`,
      `line ${block.line}`,
    )
  }
  const angles = ['alpha', 'beta', 'gamma'].map(x => {
    const angle = read(`_cell_angle_${x}`)
    if (!angle)
      context.warn(
        'W_CELL',
        `_cell_angle_${x} is not given: 90 degrees taken, the default of the CIF dictionary.`,
        `line ${block.line}`,
      )
    return angle ?? { value: 90 }
  })
  const all = [...edges, ...angles]
  const [a, b, c, alpha, beta, gamma] = all.map(x => x!.value) as unknown as CellNumbers
  const sigma = all.some(x => x!.sigma !== undefined) ? (all.map(x => x!.sigma ?? 0) as unknown as CellNumbers) : undefined
  try {
    return createUnitCell({ a, b, c, alpha, beta, gamma, sigma })
  } catch (error) {
    if (isOperandoError(error)) throw fileError(error.code, context.name, error.message, `block ${block.name}`)
    throw error
  }
}
