import { isElement } from '../../../core/elements.js'
import type { Dataset, Json, Meta } from '../../../model/dataset.js'
import { fileError } from '../../context.js'
import type { Format, OpenedDataset, ReadContext } from '../../format.js'
import { type Curve, curveDatasets } from '../../scans/curves.js'
import { decodeText, textBytes } from '../../text/decode.js'
import { latin1 } from '../../text/scanRows.js'
import type { AthenaGroup } from './athenaGroup.js'
import { jsonGroups } from './jsonGroups.js'
import { perlGroups } from './perlGroups.js'

/**
 * Project files of Athena (Demeter) and Larix, Perl and JSON. Each group opens as a Dataset with the label of the group as its name, on `energy` (mu, normalised mu), `k`
 * (chi) or `pixel` (dispersive data); the standard deviation of merged scans is its sigma, its i0 and signal are coordinates. Athena's parameters stand in
 * `meta.extra.athena` under their own names; its energy shift is told, not applied.
 * @see Ravel & Newville, J. Synchrotron Rad. 12 (2005) 537
 */
export const athena: Format = {
  id: 'athena',
  name: 'Athena project',
  extensions: ['prj'],
  sniff(head: Uint8Array): number {
    const text = latin1(head, 0, Math.min(head.length, 512))
    return /^(# Athena project file|\{\s*"_____(emacs_mode|header\d)")/.test(text) ? 0.98 : 0
  },
  read(raw: Uint8Array, context: ReadContext): OpenedDataset {
    const text = decodeText(textBytes(raw, context.name).bytes, context.options.encoding)
    const groups = text.trimStart().startsWith('{') ? jsonGroups(text, context.name) : perlGroups(text)
    const [dataset, ...others] = groups.flatMap(group => datasetOf(group, context))
    if (!dataset) throw fileError('E_FORMAT', context.name, 'no group with data in it.')
    return { kind: 'dataset', format: 'athena', dataset, others, warnings: context.warnings }
  },
}

function datasetOf(group: AthenaGroup, context: ReadContext): Dataset[] {
  const { args, arrays, place } = group
  const label = String(args.label ?? group.key)
  if (!group.whole) {
    context.fault(
      'E_TRUNCATED',
      `the group "${label.trim()}" is not finished ([record] is missing): the file is cut. Lenient mode keeps the groups before.`,
      place,
    )
    return []
  }
  const columns = Object.fromEntries(Object.entries(arrays).map(([name, list]) => [name, Float64Array.from(list, Number)]))
  const { x, y, stddev, ...further } = columns
  if (!x || !y || x.length !== y.length || x.length === 0) {
    const found = x && y ? `${x.length} and ${y.length}` : 'none'
    context.fault(
      'E_FORMAT',
      `the group "${label.trim()}": as many x as y were expected, ${found} found. Lenient mode leaves it out.`,
      place,
    )
    return []
  }
  for (const [name, values] of Object.entries({ x, y })) {
    const bad = values.findIndex(Number.isNaN)
    if (bad >= 0)
      context.fault('E_NAN', `the group "${label.trim()}": ${name}[${bad}] is no number. Lenient mode keeps and masks it.`, place)
  }
  if (Number(args.bkg_eshift)) {
    const shift = `"${label.trim()}" was shifted by ${Number(args.bkg_eshift)} eV in Athena (bkg_eshift)`
    context.warn('W_ENERGY_SHIFT', `${shift}; the energies are those before it. Add it if you want Athena's.`, place)
  }
  const kind = axisOf(args)
  const coords = Object.entries(further)
    .filter(([name, values]) => /^(i0|signal)$/.test(name) && values.length === x.length)
    .map(([name, values]): Curve => ({ name, values }))
  const sigma = stddev?.length === x.length && stddev.every(s => s >= 0) ? { sigma: stddev } : {}
  const curve = { name: label.trim() || group.key, values: y, label: kind.signal, ...sigma }
  return curveDatasets(
    { axis: { name: kind.axis, unit: kind.unit, values: x }, curves: [curve], coords, meta: metaOf(group, label) },
    context,
  )
}

/** What a group is: Athena marks it by flags, newer versions by `datatype` as well. */
function axisOf(args: AthenaGroup['args']): { axis: string; unit: string; signal: string } {
  const is = (flag: string): boolean => Number(args[flag]) === 1
  if (is('is_pixel')) return { axis: 'pixel', unit: '', signal: 'mu' }
  if (is('is_chi') || args.datatype === 'chi') return { axis: 'k', unit: '1/Å', signal: 'chi' }
  return { axis: 'energy', unit: 'eV', signal: is('is_nor') || args.datatype === 'norm' ? 'normalised mu' : 'mu' }
}

function metaOf({ args, key }: AthenaGroup, label: string): Meta {
  const number = (name: string): number | undefined =>
    args[name] !== '' && Number.isFinite(Number(args[name] ?? Number.NaN)) ? Number(args[name]) : undefined
  const element = String(args.bkg_z ?? '')
  const edge = String(args.fft_edge ?? '').toUpperCase()
  const e0 = number('bkg_e0')
  const shift = number('bkg_eshift')
  return {
    sample: label.trim(),
    extra: {
      group: key,
      ...(isElement(element) ? { element, ...(edge === '' ? {} : { edge }) } : {}),
      ...(e0 ? { e0 } : {}),
      ...(shift ? { energyShift: shift } : {}),
      athena: args as { [name: string]: Json },
    },
  }
}
