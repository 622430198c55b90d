import type { Json, Meta } from '../../../model/dataset.js'
import { isZip, unzip } from '../../bytes/unzip.js'
import { fileError } from '../../context.js'
import type { Format, OpenedDataset, ReadContext } from '../../format.js'
import { type Scan, scanDatasets, scanStart } from '../../scans/scanDatasets.js'
import { elementsOf, parseXml, textOf, type XmlNode } from '../../text/parseXml.js'
import { latin1 } from '../../text/scanRows.js'

/**
 * Bruker BRML of DIFFRAC.MEASUREMENT: a zip with the scans as XML. What the columns of a row are is read from the views beside them; counts are multiplied by
 * the absorber's factor where there was one.
 */
export const brml: Format = {
  id: 'bruker-brml',
  name: 'Bruker BRML',
  extensions: ['brml'],
  sniff: (head, name) =>
    isZip(head) &&
    (name.endsWith('.brml') || /Experiment\d+\/|experimentCollection\.xml/.test(latin1(head, 0, Math.min(head.length, 512))))
      ? 1
      : 0,
  async read(bytes: Uint8Array, context: ReadContext): Promise<OpenedDataset> {
    const entries = unzip(bytes, context.name, context.limits)
    const names = [...entries.keys()]
      .filter(name => /(^|\/)RawData\d+\.xml$/.test(name))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    if (names.length === 0)
      throw fileError('E_FORMAT', context.name, `no RawData*.xml among ${[...entries.keys()].slice(0, 8).join(', ')}.`)
    const scans: Scan[] = []
    for (const name of names) {
      const [root] = elementsOf(await parseXml(entries.get(name)!, name, context), 'RawData')
      const meta = metaOf(root)
      const start = scanStart(textOf(root, 'TimeStampStarted'), context)
      for (const route of elementsOf(root, 'DataRoutes', 'DataRoute')) {
        // evaluated routes repeat the measured one
        if (textOf(route, '@RouteFlag') !== undefined && textOf(route, '@RouteFlag') !== 'Measured') continue
        const scan = readRoute(route, meta, name, context)
        if (scan) scans.push({ ...scan, start })
      }
    }
    return scanDatasets('bruker-brml', scans, context)
  },
}

/** Where in a row its parts begin, and what they are. */
interface Columns {
  readonly axis: string
  readonly position: number
  readonly counts: number
  readonly factor: number | undefined
  readonly time: number | undefined
}

function readRoute(route: XmlNode, meta: Meta, place: string, context: ReadContext): Scan | undefined {
  const rows = elementsOf(route, 'Datum')
  if (rows.length === 0) {
    context.warn('W_SCAN_EMPTY', 'a scan without rows was left out.', place)
    return undefined
  }
  const columns = columnsOf(route, place, context)
  const positions = new Float64Array(rows.length)
  const values = new Float64Array(rows.length)
  const factors = new Float64Array(rows.length).fill(1)
  let seconds = 0
  rows.forEach((row, i) => {
    const cells = (typeof row === 'string' ? row : (textOf(row) ?? '')).split(',')
    const cell = (at: number): number => {
      const text = cells[at]?.trim() ?? ''
      if (text !== '' && Number.isFinite(Number(text))) return Number(text)
      throw fileError(
        'E_FORMAT',
        context.name,
        `a number was expected in column ${at}, found ${JSON.stringify(text)}.`,
        `${place} row ${i}`,
      )
    }
    positions[i] = cell(columns.position)
    values[i] = cell(columns.counts)
    if (columns.factor !== undefined) factors[i] = cell(columns.factor)
    if (columns.time !== undefined) seconds += cell(columns.time)
  })
  const announced = Number(textOf(route, 'ScanInformation', 'MeasurementPoints') ?? rows.length)
  if (announced !== rows.length) context.warn('W_SCAN', `${announced} points were planned, ${rows.length} are there.`, place)
  const attenuated = factors.some(factor => factor !== 1)
  const effective = Number(textOf(route, 'ScanInformation', 'TimePerStepEffective') ?? Number.NaN)
  const exposure = Number.isFinite(effective) ? effective : columns.time === undefined ? undefined : seconds / rows.length
  return {
    axis: columns.axis,
    positions,
    values: attenuated ? values.map((n, i) => n * factors[i]!) : values,
    ...(attenuated ? { sigma: values.map((n, i) => Math.sqrt(n) * factors[i]!) } : {}),
    unit: 'counts',
    ...(exposure === undefined ? {} : { exposure }),
    meta: {
      ...meta,
      extra: {
        ...meta.extra,
        scan: textOf(route, 'ScanInformation', '@ScanName'),
        mode: textOf(route, 'ScanInformation', 'ScanMode'),
      },
    },
  }
}

function columnsOf(route: XmlNode, place: string, context: ReadContext): Columns {
  const axes: Record<string, number> = {}
  let counts: number | undefined
  let factor: number | undefined
  let time: number | undefined
  for (const view of elementsOf(route, 'DataViews', 'RawDataView')) {
    const start = Number(textOf(view, '@Start'))
    const name = textOf(view, '@LogicName')
    if (name === 'MeasuredTime') time = start
    if (name === 'AbsorptionFactor') factor = start
    elementsOf(view, 'Varying', 'FieldDefinitions').forEach((field, i) => {
      axes[textOf(field, '@AxisId') ?? textOf(field, '@FieldName') ?? `axis${i}`] = start + i
    })
    // the counter; images and profiles of a detector lie in files of their own
    if (elementsOf(view, 'Recording').length > 0 && textOf(view, '@Length') === '1') counts ??= start
  }
  const axis = 'TwoTheta' in axes ? 'TwoTheta' : Object.keys(axes)[0]
  if (axis === undefined || counts === undefined || !Object.values(axes).every(Number.isInteger))
    throw fileError(
      'E_UNSUPPORTED',
      context.name,
      `${axis === undefined ? 'no scanned axis' : 'no counter of single numbers'} among the data views: scans of a point or line detector are read.`,
      place,
    )
  return { axis: axis.charAt(0).toLowerCase() + axis.slice(1), position: axes[axis]!, counts, factor, time }
}

function metaOf(root: XmlNode | undefined): Meta {
  const [tube] = elementsOf(
    root,
    'FixedInformation',
    'Instrument',
    'PrimaryTracks',
    'TrackInfoData',
    'MountedOptics',
    'InfoData',
  ).flatMap(optic => elementsOf(optic, 'Tube'))
  const value = (name: string): number | undefined => {
    const number = Number(textOf(tube, name, '@Value') ?? Number.NaN)
    return number > 0 ? number : undefined
  }
  const items = elementsOf(root, 'FixedInformation', 'MethodInformation', 'InfoData', 'InfoList', 'InfoItem')
  const sample = textOf(
    items.find(item => textOf(item, '@Name') === 'SampleName'),
    '@Value',
  )
  const wavelength = value('WaveLengthAlpha1')
  const extra: Record<string, Json | undefined> = {
    kAlpha1: wavelength,
    kAlpha2: value('WaveLengthAlpha2'),
    kBeta: value('WaveLengthBeta'),
    ratioKAlpha2KAlpha1: value('WaveLengthRatio'),
    anode: textOf(tube, 'TubeMaterial'),
  }
  return {
    ...(sample === undefined ? {} : { sample }),
    ...(wavelength === undefined ? {} : { wavelength }),
    extra: Object.fromEntries(Object.entries(extra).filter(([, known]) => known !== undefined)),
  }
}
