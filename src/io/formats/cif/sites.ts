import { isElement } from '../../../core/elements.js'
import type { SiteInput, Symmetric3, Vector3 } from '../../../model/crystal/index.js'
import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { type CifNumber, numberOf, tableWith } from './lookUp.js'
import type { CifBlock, CifLoop, CifValue } from './parseCif.js'

const B_TO_U = 1 / (8 * Math.PI ** 2)
/** Suffixes in the order of `Site.uAniso`. */
const SIX = ['11', '22', '33', '23', '13', '12']

/** A site as the file has it. */
export interface ReadSite extends SiteInput {
  /** Line of its row. */
  readonly line: number
  /** Multiplicity that the file claims, if any. */
  readonly multiplicity?: number | undefined
}

/** One row of a table, by column name. */
const cellOf = (loop: CifLoop, row: readonly CifValue[], ...names: readonly string[]): CifValue | undefined => {
  for (const name of names) {
    const column = loop.tags.indexOf(name)
    if (column >= 0 && row[column]!.missing === undefined) return row[column]
  }
  return undefined
}

/**
 * The element and charge that `Fe2+`, `Fe+2`, `O2-`, `C0+`, `Fe1`, `Li-5`, `FE1`, `OW` stand for; undefined when none.
 * @param text  A type symbol or a label.
 * @param label Whether it is a label: what follows the element is then a name, not a charge.
 */
export function readAtomType(text: string, label = false): { element: string; charge?: number } | undefined {
  const [, letters = '', rest = ''] = /^([A-Za-z]+)(.*)$/.exec(text.trim()) ?? []
  const two = letters[0] ? letters[0].toUpperCase() + (letters[1] ?? '').toLowerCase() : ''
  const one = two.slice(0, 1)
  // 'Wat', 'OW': only what is an element counts; a type symbol must be one as a whole
  const element = isElement(two) && (label || letters.length === two.length) ? two : label || letters.length === 1 ? one : ''
  if (!isElement(element)) return undefined
  if (label) return { element }
  const [, a, b, c, d] = /^(?:(\d*)([+-])|([+-])(\d+))$/.exec(rest) ?? []
  const sign = b ?? c
  if (sign === undefined) return { element }
  const size = Number((b === undefined ? d : a) || 1)
  return { element, charge: size === 0 ? 0 : sign === '-' ? -size : size }
}

/** The sites of a block; none when it has no table of them. */
export function readSites(block: CifBlock, context: ReadContext): ReadSite[] {
  const loop = tableWith(block, '_atom_site_fract_x')
  if (!loop) {
    const cartesian = tableWith(block, '_atom_site_cartn_x')
    if (cartesian)
      throw fileError(
        'E_UNSUPPORTED',
        context.name,
        'positions are given as _atom_site_Cartn_x only: fractions of the cell (_atom_site_fract_x) expected.',
        `line ${cartesian.line}`,
      )
    return []
  }
  const aniso = readAniso(block, context)
  const sites = loop.rows.flatMap(row => readSite(loop, row, aniso, context) ?? [])
  const strange = [...aniso.keys()].filter(label => !sites.some(site => site.label === label))
  if (strange.length > 0)
    context.warn(
      'W_LABEL',
      `anisotropic displacements of ${strange.join(', ')} belong to no site and are left out.`,
      `line ${loop.line}`,
    )
  return sites
}

type Aniso = { u: Symmetric3; sigma?: Symmetric3 | undefined }

function readSite(
  loop: CifLoop,
  row: readonly CifValue[],
  aniso: ReadonlyMap<string, Aniso>,
  context: ReadContext,
): ReadSite | undefined {
  const get = (...names: string[]): CifValue | undefined => cellOf(loop, row, ...names.map(name => `_atom_site_${name}`))
  const { line } = row[loop.tags.indexOf('_atom_site_fract_x')]!
  const label = get('label', 'id')?.text ?? get('type_symbol')?.text ?? ''
  const number = (...names: string[]): CifNumber | undefined => numberOf(get(...names), context.name, `${names[0]} of ${label}`)
  if (get('calc_flag')?.text.toLowerCase() === 'dum') {
    context.warn('W_SITE', `${label} is a dummy site (calc_flag dum) and is left out.`, `line ${line}`)
    return undefined
  }
  const type = get('type_symbol')
  const atom = (type && readAtomType(type.text)) ?? readAtomType(label, true)
  if (!atom) {
    context.fault(
      'E_MISSING',
      `the element of site ${label} is not told: a type symbol such as Fe2+ expected, found ${JSON.stringify(type?.text ?? label)}.`,
      `line ${line}`,
    )
    return undefined
  }
  const xyz = ['x', 'y', 'z'].map(axis => number(`fract_${axis}`))
  if (xyz.some(x => x === undefined)) {
    context.fault('E_MISSING', `site ${label} has no position: three fractions expected, ? or . found.`, `line ${line}`)
    return undefined
  }
  const occupancy = number('occupancy')
  const u = number('u_iso_or_equiv')
  const b = u ? undefined : number('b_iso_or_equiv')
  const uIso = u?.value ?? (b && b.value * B_TO_U)
  const uIsoSigma = u?.sigma ?? (b?.sigma !== undefined ? b.sigma * B_TO_U : undefined)
  const own = aniso.get(label)
  const sigma = {
    ...(xyz.some(x => x!.sigma !== undefined) && { position: xyz.map(x => x!.sigma ?? 0) as unknown as Vector3 }),
    ...(occupancy?.sigma !== undefined && { occupancy: occupancy.sigma }),
    ...(uIsoSigma !== undefined && { uIso: uIsoSigma }),
    ...(own?.sigma && { uAniso: own.sigma }),
  }
  const multiplicity = number('symmetry_multiplicity', 'site_symmetry_multiplicity')?.value
  return {
    label,
    ...atom,
    position: xyz.map(x => x!.value) as unknown as Vector3,
    occupancy: occupancy?.value ?? 1,
    ...(uIso !== undefined && { uIso }),
    ...(own && { uAniso: own.u }),
    ...(Object.keys(sigma).length > 0 && { sigma }),
    line,
    ...(multiplicity !== undefined && { multiplicity }),
  }
}

/** Anisotropic displacements by label, U or B. */
function readAniso(block: CifBlock, context: ReadContext): Map<string, Aniso> {
  const out = new Map<string, Aniso>()
  const loop = tableWith(block, '_atom_site_aniso_u_11', '_atom_site_aniso_b_11')
  for (const row of loop?.rows ?? []) {
    const label = cellOf(loop!, row, '_atom_site_aniso_label', '_atom_site_aniso_id', '_atom_site_label')
    const kind = loop!.tags.includes('_atom_site_aniso_u_11') ? 'u' : 'b'
    const six = SIX.map(ij =>
      numberOf(cellOf(loop!, row, `_atom_site_aniso_${kind}_${ij}`), context.name, `aniso_${kind}_${ij} of ${label?.text}`),
    )
    if (!label || six.some(x => x === undefined)) continue
    const f = kind === 'u' ? 1 : B_TO_U
    out.set(label.text, {
      u: six.map(x => x!.value * f) as unknown as Symmetric3,
      ...(six.some(x => x!.sigma !== undefined) && { sigma: six.map(x => (x!.sigma ?? 0) * f) as unknown as Symmetric3 }),
    })
  }
  return out
}
