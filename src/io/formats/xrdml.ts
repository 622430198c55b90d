import type { Json, Meta } from '../../model/dataset.js'
import { fileError } from '../context.js'
import type { Format, OpenedDataset, ReadContext } from '../format.js'
import { type Scan, scanDatasets, scanStart } from '../scans/scanDatasets.js'
import { elementsOf, parseXml, textOf, type XmlNode } from '../text/parseXml.js'
import { latin1 } from '../text/scanRows.js'

/**
 * PANalytical XRDML: every scan of every measurement. Raw `counts` are multiplied by the attenuation factors where the file has them, sigma with them;
 * `intensities` are so already.
 * @see http://www.xrdml.com (schema XRDMeasurement 1.0 to 2.x)
 */
export const xrdml: Format = {
  id: 'xrdml',
  name: 'PANalytical XRDML',
  extensions: ['xrdml'],
  sniff: head => (/<xrdMeasurements[\s>]/.test(latin1(head, 0, Math.min(head.length, 2048))) ? 1 : 0),
  async read(bytes: Uint8Array, context: ReadContext): Promise<OpenedDataset> {
    const [root] = elementsOf(await parseXml(bytes, '', context), 'xrdMeasurements')
    const sample = textOf(root, 'sample', 'name') ?? textOf(root, 'sample', 'id')
    const scans = elementsOf(root, 'xrdMeasurement').flatMap(measurement => {
      const meta = metaOf(measurement, sample)
      return elementsOf(measurement, 'scan').flatMap((scan, i) => readScan(scan, meta, `scan ${i}`, context))
    })
    return scanDatasets('xrdml', scans, context)
  },
}

function readScan(scan: XmlNode, meta: Meta, place: string, context: ReadContext): Scan[] {
  const [points] = elementsOf(scan, 'dataPoints')
  const tag = elementsOf(points, 'counts').length > 0 ? 'counts' : 'intensities'
  const [measured] = elementsOf(points, tag)
  if (measured === undefined) {
    context.warn('W_SCAN_EMPTY', 'no intensities: the scan was left out.', place)
    return []
  }
  const status = textOf(scan, '@status')
  if (status !== undefined && status !== 'Completed')
    context.warn('W_SCAN', `status "${status}": the scan was not finished.`, place)
  const values = numbers(textOf(measured), `${place}, ${tag}`, context)
  const positions = new Map<string, Float64Array>()
  const fixed: Record<string, number> = {}
  for (const axis of elementsOf(points, 'positions')) {
    const name = axisName(textOf(axis, '@axis') ?? '')
    const still = textOf(axis, 'commonPosition')
    if (still !== undefined) fixed[name] = number(still, `${place}, ${name}`, context)
    else positions.set(name, positionsOf(axis, values.length, `${place}, positions of ${name}`, context))
  }
  const axis = positions.has('twoTheta') ? 'twoTheta' : positions.keys().next().value
  if (axis === undefined) {
    context.fault('E_AXIS', 'no axis moved in this scan: positions from start to end, or a list, were expected.', place)
    return []
  }
  const factors = textOf(points, 'beamAttenuationFactors')
  const scaled = factors === undefined ? undefined : numbers(factors, `${place}, attenuation factors`, context)
  if (scaled && scaled.length !== values.length)
    throw fileError('E_FORMAT', context.name, `${scaled.length} attenuation factors for ${values.length} intensities.`, place)
  // counts of a weakened beam: I = f N, sigma = f sqrt(N); "intensities" are f N already
  const raw = tag === 'counts'
  const attenuated = scaled?.some(f => f !== 1)
  const times = textOf(points, 'commonCountingTime')
  const rate = /^cps$/i.test(textOf(measured, '@unit') ?? 'counts')
  return [
    {
      axis,
      positions: positions.get(axis)!,
      values: attenuated && raw ? values.map((n, i) => n * scaled![i]!) : values,
      ...(attenuated && !rate
        ? { sigma: values.map((n, i) => (raw ? Math.sqrt(n) * scaled![i]! : Math.sqrt(Math.max(n, 0) * scaled![i]!))) }
        : {}),
      unit: rate ? '1/s' : 'counts',
      ...(times === undefined ? {} : { exposure: number(times, `${place}, counting time`, context) }),
      start: scanStart(textOf(scan, 'header', 'startTimeStamp'), context),
      fixed,
      meta,
    },
  ]
}

function positionsOf(axis: XmlNode, count: number, place: string, context: ReadContext): Float64Array {
  const list = textOf(axis, 'listPositions')
  if (list !== undefined) return numbers(list, place, context)
  const ends = ['startPosition', 'endPosition'].map(name => number(textOf(axis, name), place, context))
  const [first, last] = ends as [number, number]
  return Float64Array.from({ length: count }, (_, i) => (count < 2 ? first : first + (i * (last - first)) / (count - 1)))
}

/** The house's names of the axes that matter; others keep theirs. */
function axisName(axis: string): string {
  return axis === '2Theta' ? 'twoTheta' : axis.charAt(0).toLowerCase() + axis.slice(1)
}

function metaOf(measurement: XmlNode, sample: string | undefined): Meta {
  const [used] = elementsOf(measurement, 'usedWavelength')
  const value = (...path: string[]): number | undefined => {
    const text = textOf(measurement, ...path)
    return text === undefined || !Number.isFinite(Number(text)) ? undefined : Number(text)
  }
  const line = textOf(used, '@intended') ?? 'K-Alpha 1'
  const wavelength = value('usedWavelength', /beta/i.test(line) ? 'kBeta' : 'kAlpha1')
  const extra: Record<string, Json | undefined> = {
    line,
    kAlpha1: value('usedWavelength', 'kAlpha1'),
    kAlpha2: value('usedWavelength', 'kAlpha2'),
    kBeta: value('usedWavelength', 'kBeta'),
    ratioKAlpha2KAlpha1: value('usedWavelength', 'ratioKAlpha2KAlpha1'),
    anode: textOf(measurement, 'incidentBeamPath', 'xRayTube', 'anodeMaterial'),
    tension: value('incidentBeamPath', 'xRayTube', 'tension'),
    current: value('incidentBeamPath', 'xRayTube', 'current'),
    radius: value('diffractedBeamPath', 'radius'),
    sampleMode: textOf(measurement, '@sampleMode'),
    detector: textOf(measurement, 'diffractedBeamPath', 'detector', '@name'),
  }
  const instrument = textOf(measurement, 'scan', 'header', 'source', 'instrumentControlSoftware')
  return {
    ...(sample === undefined ? {} : { sample }),
    ...(instrument === undefined ? {} : { instrument }),
    ...(wavelength === undefined || wavelength <= 0 ? {} : { wavelength }),
    extra: Object.fromEntries(Object.entries(extra).filter(([, known]) => known !== undefined)),
  }
}

function number(text: string | undefined, place: string, context: ReadContext): number {
  const value = text === undefined ? Number.NaN : Number(text)
  if (Number.isFinite(value)) return value
  throw fileError(
    'E_FORMAT',
    context.name,
    `a number was expected, found ${text === undefined ? 'nothing' : JSON.stringify(text)}.`,
    place,
  )
}

function numbers(text: string | undefined, place: string, context: ReadContext): Float64Array {
  return Float64Array.from((text ?? '').split(/\s+/).filter(Boolean), (word, i) => number(word, `${place}, number ${i}`, context))
}
