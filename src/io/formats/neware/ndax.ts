import { isZip, unzip } from '../../bytes/unzip.js'
import { fileError } from '../../context.js'
import type { Format, OpenedElectrochemistry, ReadContext } from '../../format.js'
import { latin1 } from '../../text/scanRows.js'
import { joinMarks } from './joinMarks.js'
import { attributesOf, xmlText } from './ndaxXml.js'
import { readNdc } from './ndc.js'
import { NDC_TYPES } from './ndcLayouts.js'
import type { NewareColumns } from './rows.js'
import { type NewareAux, toElectrochemistry } from './toElectrochemistry.js'

/** Neware's zipped .ndax of BTS 8 and later, with .ndc of versions 2, 5, 11, 14, 16 and 17. */
export const newareNdax: Format = {
  id: 'neware-ndax',
  name: 'Neware zipped .ndax',
  extensions: ['ndax'],
  sniff(head: Uint8Array, name: string): number {
    if (!isZip(head)) return 0
    return name.endsWith('.ndax') || /\.ndc/.test(latin1(head, 30, head.length)) ? 0.99 : 0
  },
  read(bytes: Uint8Array, context: ReadContext): OpenedElectrochemistry {
    const entries = unzip(bytes, context.name, context.limits)
    const main = entries.get('data.ndc')
    if (!main)
      throw fileError('E_FORMAT', context.name, `no data.ndc among ${[...entries.keys()].join(', ')}: this is no Neware .ndax.`)
    const data = readNdc(main, 'data.ndc', NDC_TYPES.rows, context)
    const columnsOf = (entry: string, type: number): NewareColumns | undefined => {
      const found = entries.get(entry)
      return found && readNdc(found, entry, type, context).columns
    }
    const marks = columnsOf('data_runInfo.ndc', NDC_TYPES.marks)
    const steps = columnsOf('data_step.ndc', NDC_TYPES.steps)
    if (data.columns.stepTime === undefined && (!marks || !steps))
      throw fileError(
        'E_FORMAT',
        context.name,
        `data.ndc of version ${data.version} has potential and current only; ${marks ? 'data_step.ndc' : 'data_runInfo.ndc'} with the times is missing among ${[...entries.keys()].join(', ')}.`,
      )
    const joined = marks && steps ? joinMarks(data.columns, marks, steps, context) : { rows: data.columns }
    const info = xmlText(entries.get('TestInfo.xml'))
    const electrochemistry = toElectrochemistry(
      {
        ...joined,
        aux: auxOf(entries, info, context),
        zoned: joined.rows.unixTime !== undefined,
        place: row => `row ${row + 1}`,
        extra: { ndcVersion: data.version, ...extraOf(entries, info) },
      },
      context,
    )
    return { kind: 'electrochemistry', format: 'neware-ndax', electrochemistry, warnings: electrochemistry.warnings }
  },
}

/** Kinds of sensors whose records are a bare number, by ChlType of TestInfo.xml. */
const SENSORS: Readonly<Record<string, string>> = { 103: 'temperature', 335: 'setTemperature', 345: 'humidity' }

/** Sensors lie in files of their own, in the order in which TestInfo.xml names them. */
function auxOf(entries: ReadonlyMap<string, Uint8Array>, info: string, context: ReadContext): NewareAux[] {
  const files = [...entries.keys()]
    .flatMap(name => {
      const match = /^data_AUX_(\d+)_(\d+)_(\d+)\.ndc$/i.exec(name) ?? /_(\d+)\.ndc$/.exec(name)
      return match ? [{ name, order: match.slice(1).map(Number) }] : []
    })
    .sort((a, b) => a.order[0]! - b.order[0]! || (a.order[1] ?? 0) - (b.order[1] ?? 0))
  const told = attributesOf(info, /^Aux\d+$/i)
  if (files.length > 0 && told.length !== files.length)
    context.warn(
      'W_AUX',
      `${files.length} files of sensors, but ${told.length} sensors in TestInfo.xml: they are numbered in the order of the files.`,
      'TestInfo.xml',
    )
  return files.flatMap(({ name }, i) => {
    const about = told.length === files.length ? told[i]! : {}
    const { columns } = readNdc(entries.get(name)!, name, NDC_TYPES.sensor, context)
    return [{ name: about.AuxID ?? String(i + 1), sensor: SENSORS[about.ChlType ?? ''], columns }]
  })
}

function extraOf(entries: ReadonlyMap<string, Uint8Array>, info: string): Record<string, string | number> {
  const extra: Record<string, string | number> = {}
  const test = attributesOf(info, /^TestInfo$/)[0] ?? {}
  for (const key of ['StartTime', 'EndTime', 'Barcode', 'StepName', 'DevID', 'UnitID', 'ChlID', 'TestID', 'Creator'])
    if (test[key]) extra[key] = test[key]
  const step = xmlText(entries.get('Step.xml'))
  const mass = Number(attributesOf(step, /^SCQ$/)[0]?.Value ?? 0)
  if (mass > 0) extra.activeMass_mg = mass / 1000
  const remark = attributesOf(step, /^Remark$/)[0]?.Value
  if (remark) extra.remark = remark
  const software = attributesOf(xmlText(entries.get('VersionInfo.xml')), /^ZwjVersion$/)[0]?.SvrVer
  if (software) extra.software = software
  return extra
}
