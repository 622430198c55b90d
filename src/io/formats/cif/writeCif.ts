import { assertFields, assertKnown } from '../../../core/fields.js'
import { formatOperation, type Site, type Structure } from '../../../model/crystal/index.js'

/** U11 ... in the order of `Site.uAniso`. */
const SIX = ['11', '22', '33', '23', '13', '12']

const OPTIONS: Readonly<Record<'block', true>> = { block: true }

/**
 * Writes a structure as a CIF 1.1 file: cell, symmetry (symbols and every operation), sites, displacements. Numbers with an uncertainty are written
 * as `10.3340(12)`, rounded to two digits of it; those without keep all their digits. `readStructure` reads it back.
 * @param structure The structure.
 * @param options   `block`: name of the data block. Default from the structure's name.
 * @example
 * ```ts
 * import { createStructure } from 'operando'
 * import { writeCif } from 'operando/io'
 * const structure = createStructure({ cell: { a: 4.0495 }, spaceGroup: 'Fm-3m', sites: [{ element: 'Al', position: [0, 0, 0] }] })
 * console.log(writeCif(structure, { block: 'aluminium' }))
 * ```
 */
export function writeCif(structure: Structure, options: { block?: string | undefined } = {}): string {
  assertKnown(options, 'writeCif options', OPTIONS)
  assertFields(structure, 'writeCif: a Structure', ['cell', 'spaceGroup', 'sites', 'name'])
  const { cell, spaceGroup, sites } = structure
  const lines = [`data_${(options.block ?? structure.name).replace(/[^\x21-\x7e]+/g, '_') || 'structure'}`]
  const item = (tag: string, value: string): number => lines.push(`${tag.padEnd(34)} ${value}`)
  if (structure.name) item('_chemical_name_common', quote(structure.name))
  const names = ['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma']
  const numbers = [cell.a, cell.b, cell.c, cell.alpha, cell.beta, cell.gamma]
  names.forEach((name, i) => {
    item(`_cell_${name}`, withSigma(numbers[i]!, cell.sigma?.[i]))
  })
  if (spaceGroup.hm !== null) item('_space_group_name_H-M_alt', quote(spaceGroup.hm))
  if (spaceGroup.hall !== null) item('_space_group_name_Hall', quote(spaceGroup.hall))
  if (spaceGroup.number !== null) item('_space_group_IT_number', String(spaceGroup.number))
  lines.push('loop_', '_space_group_symop_operation_xyz', ...spaceGroup.operations.map(o => `'${formatOperation(o)}'`))
  if (sites.length > 0) lines.push(...siteLoop(sites))
  const aniso = sites.filter(site => site.uAniso)
  if (aniso.length > 0) {
    lines.push('loop_', '_atom_site_aniso_label', ...SIX.map(ij => `_atom_site_aniso_U_${ij}`))
    for (const { label, uAniso, sigma } of aniso)
      lines.push([quote(label), ...uAniso!.map((u, i) => withSigma(u, sigma?.uAniso?.[i]))].join(' '))
  }
  return `${lines.join('\n')}\n`
}

function siteLoop(sites: readonly Site[]): string[] {
  const columns = ['label', 'type_symbol', 'fract_x', 'fract_y', 'fract_z', 'occupancy', 'U_iso_or_equiv', 'adp_type']
  return [
    'loop_',
    ...columns.map(column => `_atom_site_${column}`),
    ...sites.map(({ label, element, charge, position, occupancy, uIso, uAniso, sigma }) =>
      [
        quote(label),
        charge === undefined ? element : `${element}${Math.abs(charge)}${charge < 0 ? '-' : '+'}`,
        ...position.map((x, i) => withSigma(x, sigma?.position?.[i])),
        withSigma(occupancy, sigma?.occupancy),
        uIso === undefined ? '?' : withSigma(uIso, sigma?.uIso),
        uAniso ? 'Uani' : uIso === undefined ? '?' : 'Uiso',
      ].join(' '),
    ),
  ]
}

/** `10.3340(12)`; all digits where there is no uncertainty, or none that is above 0. */
function withSigma(value: number, sigma: number | undefined): string {
  if (!sigma) return String(value)
  // two digits of the uncertainty: 10 to 99 units of the last place
  const decimals = 1 - Math.floor(Math.log10(sigma))
  const units = Math.round(sigma * 10 ** decimals)
  if (units === 100) return withSigma(value, sigma * 1.0001)
  if (decimals < 0) return `${Math.round(value * 10 ** decimals)}e${-decimals}(${units})`
  return decimals > 20 ? String(value) : `${value.toFixed(decimals)}(${units})`
}

/** A value as CIF takes it: bare when that is safe, else quoted, else a text field. */
function quote(text: string): string {
  const flat = text.replaceAll('\t', ' ')
  if (/^[A-Za-z0-9][\x21-\x7e]*$/.test(flat) && !/^(data_|save_|loop_$|stop_$|global_$)/i.test(flat)) return flat
  if (!flat.includes('\n') && !/'\s/.test(flat)) return `'${flat}'`
  if (!flat.includes('\n') && !/"\s/.test(flat)) return `"${flat}"`
  return `\n;${flat.replace(/\n;/g, '\n ;')}\n;`
}
