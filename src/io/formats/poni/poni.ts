import { fileError } from '../../context.js'
import type { Format, OpenedGeometry, ReadContext } from '../../format.js'
import { decodeText, textBytes } from '../../text/decode.js'
import { latin1 } from '../../text/scanRows.js'
import type { PoniSettings } from './poniSettings.js'

const KEY = /^\s*(\w+)\s*:\s*(.*?)\s*$/
const NEEDED = ['Distance', 'Poni1', 'Poni2', 'Rot1', 'Rot2', 'Rot3'] as const

/**
 * Detector geometry as pyFAI keeps it, versions 1 to 2.1. Calibrations are appended to the file: the last counts.
 * @see https://pyfai.readthedocs.io/en/stable/geometry.html
 */
export const poni: Format = {
  id: 'poni',
  name: 'PONI geometry',
  extensions: ['poni'],
  sniff: (head, name) => {
    const text = latin1(head, 0, head.length)
    if (/^\s*Poni1\s*:/im.test(text) && /^\s*(Distance|Poni2)\s*:/im.test(text)) return 1
    return name.endsWith('.poni') ? 0.6 : 0
  },
  read(bytes: Uint8Array, context: ReadContext): OpenedGeometry {
    const { fields, blocks } = lastBlock(bytes, context)
    if (blocks > 1)
      context.warn(
        'W_SEVERAL_BLOCKS',
        `${blocks} calibrations stand in the file, one after another: the last is taken, as pyFAI does.`,
      )
    return { kind: 'geometry', format: 'poni', geometry: settings(fields, context), warnings: context.warnings }
  },
}

interface Entry {
  readonly text: string
  readonly line: number
}

/** Every key with its last value. What an earlier block says and a later does not still holds, as in pyFAI. */
function lastBlock(bytes: Uint8Array, context: ReadContext): { fields: Map<string, Entry>; blocks: number } {
  const fields = new Map<string, Entry>()
  let blocks = 0
  const lines = decodeText(textBytes(bytes, context.name).bytes, context.options.encoding).split(/\r\n|\r|\n/)
  for (const [i, content] of lines.entries()) {
    if (/^\s*(#|$)/.test(content)) continue
    const [, key, text] = KEY.exec(content) ?? []
    if (key === undefined || text === undefined) {
      context.fault('E_FORMAT', `"Key: value" was expected, found ${JSON.stringify(content.slice(0, 60))}.`, `line ${i + 1}`)
      continue
    }
    if (key.toLowerCase() === 'distance') blocks++
    fields.set(key.toLowerCase(), { text, line: i + 1 })
  }
  return { fields, blocks }
}

function settings(fields: ReadonlyMap<string, Entry>, context: ReadContext): PoniSettings {
  const number = (key: string): number => {
    const entry = fields.get(key.toLowerCase())
    if (!entry)
      throw fileError('E_MISSING', context.name, `"${key}:" is not there. ${NEEDED.join(', ')} are needed. The file may be cut.`)
    const value = entry.text === '' ? Number.NaN : Number(entry.text)
    if (Number.isFinite(value)) return value
    throw fileError(
      'E_FORMAT',
      context.name,
      `${key}: a number was expected, found ${JSON.stringify(entry.text)}.`,
      `line ${entry.line}`,
    )
  }
  const optional = (key: string): number | undefined => {
    const text = fields.get(key.toLowerCase())?.text
    return text === undefined || text === '' || text === 'None' ? undefined : number(key)
  }
  const [dist, poni1, poni2, rot1, rot2, rot3] = NEEDED.map(number) as [number, number, number, number, number, number]
  const metres = optional('Wavelength')
  return Object.freeze({
    dist,
    poni1,
    poni2,
    rot1,
    rot2,
    rot3,
    ...(metres === undefined ? {} : { wavelength: angstroms(metres, context) }),
    ...detectorOf(fields, optional, context),
  })
}

/** From metres, without the last digit that a product would cost: 4.066e-11 m is 0.4066 Å. */
function angstroms(metres: number, context: ReadContext): number {
  if (!(metres > 1e-13 && metres < 1e-7))
    throw fileError('E_RANGE', context.name, `Wavelength: metres were expected (1e-10 m is 1 Å), found ${metres}.`)
  return Number(`${metres}`.replace(/(?:e([-+]?\d+))?$/, (_, power: string | undefined) => `e${Number(power ?? 0) + 10}`))
}

type DetectorSettings = Pick<PoniSettings, 'detector' | 'shape' | 'pixel1' | 'pixel2' | 'orientation'>

/** Version 2 has the detector's settings as JSON; version 1 pixel sizes. */
function detectorOf(
  fields: ReadonlyMap<string, Entry>,
  optional: (key: string) => number | undefined,
  context: ReadContext,
): DetectorSettings {
  const config = configOf(fields.get('detector_config'), context)
  const name = fields.get('detector')?.text
  const pixel1 = sizeOf(config.pixel1) ?? optional('PixelSize1')
  const pixel2 = sizeOf(config.pixel2) ?? optional('PixelSize2')
  const shape = config.max_shape
  const orientation = config.orientation
  return {
    ...(name === undefined || /^(detector|none|)$/i.test(name) ? {} : { detector: name }),
    ...(isPair(shape) ? { shape: [shape[0], shape[1]] as const } : {}),
    ...(pixel1 === undefined ? {} : { pixel1 }),
    ...(pixel2 === undefined ? {} : { pixel2 }),
    ...(isOrientation(orientation) ? { orientation } : {}),
  }
}

function configOf(entry: Entry | undefined, context: ReadContext): Record<string, unknown> {
  if (!entry || entry.text === '' || entry.text === 'None') return {}
  try {
    const config: unknown = JSON.parse(entry.text)
    if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config as Record<string, unknown>
  } catch {
    // told below, as any other that is no object
  }
  context.fault(
    'E_FORMAT',
    `Detector_config: a JSON object was expected, found ${entry.text.slice(0, 60)}.`,
    `line ${entry.line}`,
  )
  return {}
}

const sizeOf = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined)
const isPair = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(n => Number.isInteger(n) && n > 0)
const isOrientation = (value: unknown): value is NonNullable<PoniSettings['orientation']> =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 8
