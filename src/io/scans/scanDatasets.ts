import { isOperandoError } from '../../core/errors.js'
import { differenceSeconds, type Instant } from '../../core/instant.js'
import { parseInstant } from '../../core/parseInstant.js'
import { createDataset } from '../../model/createDataset.js'
import type { VariableInput } from '../../model/createVariable.js'
import type { Dataset, Meta } from '../../model/dataset.js'
import { fileError } from '../context.js'
import type { OpenedDataset, ReadContext } from '../format.js'

/** One scan of a laboratory diffractometer. */
export interface Scan {
  /** The axis that moved: `twoTheta`, `omega` ... */
  readonly axis: string
  /** Its positions in degrees. */
  readonly positions: Float64Array
  /** What was measured. */
  readonly values: Float64Array
  /** Its uncertainty, where it is not that of counts. */
  readonly sigma?: Float64Array | undefined
  /** `counts` or `1/s`. */
  readonly unit: string
  /** Seconds a step, as the file says (effective ones for line detectors). */
  readonly exposure?: number | undefined
  /** When it began. */
  readonly start?: Instant | undefined
  /** Positions in degrees of axes that stood still, a temperature in K, ... */
  readonly fixed?: Readonly<Record<string, number>> | undefined
  /** What else is known. */
  readonly meta: Meta
}

/**
 * What `open` returns for a file of scans: those of one grid are frames of one Dataset, with `time`, `exposure` and the axes that stood elsewhere as coords; other
 * grids follow in `others`.
 * @param format  Id of the format.
 * @param scans   The scans, in the order of the file.
 * @param context Of the reading.
 */
export function scanDatasets(format: string, scans: readonly Scan[], context: ReadContext): OpenedDataset {
  const groups: Scan[][] = []
  for (const scan of scans) {
    if (scan.positions.length !== scan.values.length)
      throw fileError(
        'E_FORMAT',
        context.name,
        `${scan.positions.length} positions and ${scan.values.length} intensities: as many were expected.`,
        `scan ${scans.indexOf(scan)}`,
      )
    const group = groups.find(([first]) => sameGrid(first!, scan))
    if (group) group.push(scan)
    else groups.push([scan])
  }
  const [dataset, ...others] = groups.map(group => toDataset(group, context))
  if (!dataset) throw fileError('E_FORMAT', context.name, 'no scan with intensities in it.')
  return { kind: 'dataset', format, dataset, others, warnings: context.warnings }
}

/**
 * A moment of a header; one that is not understood, or could be two, is a warning.
 * @param text    As the header has it.
 * @param context Of the reading.
 */
export function scanStart(text: string | undefined, context: ReadContext): Instant | undefined {
  if (text === undefined) return undefined
  const { zone, dateOrder } = context.options
  try {
    return parseInstant(text, { ...(zone === undefined ? {} : { zone }), ...(dateOrder ? { dateOrder } : {}) })
  } catch (error) {
    if (!isOperandoError(error)) throw error
    context.warn('W_TIME', `the moment ${JSON.stringify(text)} is not understood: ${error.message}`)
    return undefined
  }
}

function sameGrid(a: Scan, b: Scan): boolean {
  return (
    a.axis === b.axis &&
    a.unit === b.unit &&
    (a.sigma === undefined) === (b.sigma === undefined) &&
    a.positions.length === b.positions.length &&
    a.positions.every((x, i) => x === b.positions[i])
  )
}

function toDataset(scans: readonly Scan[], context: ReadContext): Dataset {
  const [first] = scans as [Scan]
  const { axis, positions, unit, exposure, fixed = {} } = first
  const many = scans.length > 1
  const join = (of: (scan: Scan) => Float64Array): Float64Array => {
    const out = new Float64Array(scans.length * positions.length)
    scans.forEach((scan, i) => {
      out.set(of(scan), i * positions.length)
    })
    return out
  }
  const coords: Record<string, VariableInput> = { [axis]: { dims: [axis], values: positions, unit: 'deg' } }
  if (many) Object.assign(coords, frameCoords(scans))
  const extra = { ...first.meta.extra, ...(exposure === undefined ? {} : { exposure }), ...(many ? {} : fixed) }
  return createDataset({
    name: 'I',
    dims: many ? ['frame', axis] : [axis],
    shape: many ? [scans.length, positions.length] : [positions.length],
    values: join(scan => scan.values),
    ...(first.sigma ? { sigma: join(scan => scan.sigma!) } : {}),
    unit,
    coords,
    meta: { ...first.meta, ...(first.start ? { start: first.start } : {}), sources: [context.source], extra },
    warnings: context.warnings,
  })
}

/** What differs between the scans, on `frame`. */
function frameCoords(scans: readonly Scan[]): Record<string, VariableInput> {
  const coords: Record<string, VariableInput> = {}
  const add = (name: string, values: readonly (number | undefined)[], unit: string, always = false): void => {
    if (values.some(value => value === undefined)) return
    if (always || values.some(value => value !== values[0])) coords[name] = { dims: ['frame'], values: values as number[], unit }
  }
  const { start } = scans[0]!
  if (start && scans.every(scan => scan.start?.source === start.source))
    add(
      'time',
      scans.map(scan => differenceSeconds(scan.start!, start)),
      's',
      true,
    )
  add(
    'exposure',
    scans.map(scan => scan.exposure),
    's',
  )
  for (const name of Object.keys(scans[0]!.fixed ?? {}))
    add(
      name,
      scans.map(scan => scan.fixed?.[name]),
      name === 'temperature' ? 'K' : 'deg',
    )
  return coords
}
