import { isOperandoError } from '../../../core/errors.js'
import type { Issue } from '../../../core/issue.js'
import { parseInstant } from '../../../core/parseInstant.js'
import { createDataset } from '../../../model/createDataset.js'
import type { Dataset, Meta } from '../../../model/dataset.js'
import { datasetIn, groupIn } from '../../hdf5/children.js'
import type { H5File, H5Group } from '../../hdf5/h5.js'
import { attributeOf, textAttribute } from '../../hdf5/values.js'
import { type Field, readField } from './readVariable.js'

/** Text of a field; `undefined` where there is none. */
function textOf(group: H5Group | undefined, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = group && datasetIn(group, name)?.value
    if (typeof value === 'string') return value
  }
  return undefined
}

/**
 * The entry of an absorption spectrum that an NXdata group belongs to: `definition` NXxas, NXxasproc, or one of those that extend it (NXxas_trans, NXxas_tfy ...).
 * @param root  The file.
 * @param group The NXdata group.
 */
export function xasEntryOf(root: H5File, group: H5Group): H5Group | undefined {
  const parent = groupIn(root, group.path.slice(1, group.path.lastIndexOf('/')))
  return /^NXxas/.test(textOf(parent, 'definition') ?? '') ? parent : undefined
}

/** True for the old NXxas, whose data group names no signal: it has `energy` and `absorbed_beam`. */
export function isOldXas(group: H5Group): boolean {
  return (
    attributeOf(group, 'signal') === undefined &&
    datasetIn(group, 'energy') !== undefined &&
    datasetIn(group, 'absorbed_beam') !== undefined
  )
}

/**
 * Reads the data of the old NXxas: `absorbed_beam` on `energy`, and the `incoming_beam` of the instrument where it is as long.
 * @param group The NXdata group.
 * @param entry Its entry.
 * @param file  For messages.
 */
export function readOldXas(group: H5Group, entry: H5Group, file: string): Dataset[] {
  const warnings: Issue[] = []
  const field = (from: H5Group | undefined, name: string): Field | undefined => from && readField(from, name, file, warnings)
  const energy = field(group, 'energy')!
  const instrument = entry
    .keys()
    .map(key => groupIn(entry, key))
    .find(child => child && textAttribute(child, 'NX_class') === 'NXinstrument')
  const incoming = field(instrument && groupIn(instrument, 'incoming_beam'), 'data')
  const mode = textOf(group, 'mode')
  const beams: (readonly [string, Field | undefined])[] = [
    ['absorbed_beam', field(group, 'absorbed_beam')],
    ['incoming_beam', incoming],
  ]
  return beams.flatMap(([name, beam]) =>
    beam && beam.values.length === energy.values.length
      ? [
          createDataset({
            name,
            dims: ['energy'],
            values: beam.values,
            unit: beam.unit,
            ...(beam.sigma ? { sigma: beam.sigma } : {}),
            coords: { energy: { dims: ['energy'], values: energy.values, unit: energy.unit.symbol === '' ? 'eV' : energy.unit } },
            meta: { extra: mode === undefined ? {} : { mode } },
            warnings,
          }),
        ]
      : [],
  )
}

/**
 * What the entry tells of the spectrum: element, edge, definition, sample, moment.
 * @param dataset A Dataset of the entry.
 * @param entry   The entry.
 */
export function withXasMeta(dataset: Dataset, entry: H5Group): Dataset {
  const child = (name: string): H5Group | undefined => groupIn(entry, name)
  const element = textOf(child('element'), 'symbol', 'name') ?? textOf(entry, 'element')
  const edge = textOf(child('edge'), 'name') ?? textOf(entry, 'edge')
  const sample = textOf(child('sample'), 'name')
  const moment = textOf(entry, 'start_time')
  let start: Meta['start']
  try {
    start = moment === undefined ? undefined : parseInstant(moment)
  } catch (error) {
    if (!isOperandoError(error, 'E_TIME')) throw error
  }
  const extra = { definition: textOf(entry, 'definition'), element, edge }
  const meta: Meta = {
    ...(sample === undefined ? {} : { sample }),
    ...(start ? { start } : {}),
    ...dataset.meta,
    extra: { ...Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== undefined)), ...dataset.meta.extra },
  }
  return Object.freeze({ ...dataset, meta })
}
