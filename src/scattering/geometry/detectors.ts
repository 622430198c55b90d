import { OperandoError } from '../../core/errors.js'

/** A flat detector with square or oblong pixels on an even grid. */
export interface Detector {
  /** Its name in the table. */
  readonly name: string
  /** Rows and columns of a frame. */
  readonly shape: readonly [number, number]
  /** Height of a pixel (along a column of the frame), m. */
  readonly pixel1: number
  /** Width of a pixel, m. */
  readonly pixel2: number
  /** Rows and columns of a module, where blind gaps lie between modules. */
  readonly module?: readonly [number, number] | undefined
  /** Rows and columns of a gap. */
  readonly gap?: readonly [number, number] | undefined
}

type Row = readonly [name: string, rows: number, columns: number, pixel: number]

const family = (rows: readonly Row[], module?: readonly [number, number], gap?: readonly [number, number]): readonly Detector[] =>
  rows.map(([name, height, width, pixel]) => ({ name, shape: [height, width], pixel1: pixel, pixel2: pixel, module, gap }))

/** As their makers describe them (technical specifications of Dectris, X-Spectrum, Rayonix, marXperts, Varex, Thales). */
const TABLE: readonly Detector[] = [
  ...family(
    [
      ['Pilatus 100k', 195, 487, 172e-6],
      ['Pilatus 200k', 407, 487, 172e-6],
      ['Pilatus 300k', 619, 487, 172e-6],
      ['Pilatus 300kw', 195, 1475, 172e-6],
      ['Pilatus 1M', 1043, 981, 172e-6],
      ['Pilatus 2M', 1679, 1475, 172e-6],
      ['Pilatus 6M', 2527, 2463, 172e-6],
    ],
    [195, 487],
    [17, 7],
  ),
  ...family(
    [
      ['Eiger 500k', 514, 1030, 75e-6],
      ['Eiger 1M', 1065, 1030, 75e-6],
      ['Eiger 4M', 2167, 2070, 75e-6],
      ['Eiger 9M', 3269, 3110, 75e-6],
      ['Eiger 16M', 4371, 4150, 75e-6],
    ],
    [514, 1030],
    [37, 10],
  ),
  ...family(
    [
      ['Eiger2 500k', 512, 1028, 75e-6],
      ['Eiger2 1M', 1062, 1028, 75e-6],
      ['Eiger2 1MW', 512, 2068, 75e-6],
      ['Eiger2 2MW', 512, 4148, 75e-6],
      ['Eiger2 4M', 2162, 2068, 75e-6],
      ['Eiger2 9M', 3262, 3108, 75e-6],
      ['Eiger2 16M', 4362, 4148, 75e-6],
    ],
    [512, 1028],
    [38, 12],
  ),
  ...family(
    [
      ['Lambda 750k', 516, 1554, 55e-6],
      ['Lambda 2M', 1554, 1554, 55e-6],
    ],
    [516, 516],
    [6, 6],
  ),
  ...family([
    ['Perkin Elmer 1621', 2048, 2048, 200e-6],
    ['Varex 4343', 2880, 2880, 150e-6],
    ['Dexela 2923', 3888, 3072, 75e-6],
    ['Pixium 4700', 1910, 2480, 308e-6],
    ['MAR 345', 3450, 3450, 100e-6],
    ['MarCCD 165', 2048, 2048, 79e-6],
    ['Rayonix MX225', 3072, 3072, 73.242e-6],
    ['Rayonix LX255-HS', 1920, 5760, 44.2708e-6],
    ['FReLoN', 2048, 2048, 50e-6],
    ['Apex II', 1024, 1024, 120e-6],
  ]),
]

/** `Pilatus CdTe 1M`, `pilatus_1m`, `Pilatus3 X 1M` are one detector to geometry. */
const key = (name: string): string =>
  name
    .toLowerCase()
    .replace(/pilatus3/, 'pilatus')
    .replace(/cdte/, '')
    .replace(/pilatus\s*x(?=[\s_-]*\d)/, 'pilatus')
    .replace(/[^a-z0-9]/g, '')

/**
 * A detector of the table: shape of its frames, size of its pixels, modules and gaps.
 * @param name As `Pilatus 1M`, `Eiger2 4M`; capitals, blanks and the sensor (CdTe) do not matter.
 * @throws OperandoError `E_MISSING` for a name that is not in the table; give shape and pixel sizes instead.
 * @example
 * ```ts
 * import { detector } from 'operando/scattering'
 * console.log(detector('pilatus1m').shape) // [1043, 981]
 * ```
 */
export function detector(name: string): Detector {
  const wanted = key(name)
  const found = TABLE.find(entry => key(entry.name) === wanted)
  if (found) return found
  throw new OperandoError(
    'E_MISSING',
    `detector '${name}' is not in the table (${TABLE.map(entry => entry.name).join(', ')}). Give shape, pixel1 and pixel2 instead.`,
    { details: { found: name } },
  )
}

/** Names of the detectors that {@link detector} knows. */
export const DETECTOR_NAMES: readonly string[] = TABLE.map(entry => entry.name)

/**
 * The mask of a detector's gaps between modules.
 * @param of Name, or a detector.
 * @returns Rows x columns, 1 in the gaps, 0 elsewhere.
 * @throws OperandoError `E_MISSING` as {@link detector}.
 * @example
 * ```ts
 * import { detectorMask } from 'operando/scattering'
 * console.log(detectorMask('Pilatus 100k').includes(1)) // false: a single module
 * ```
 */
export function detectorMask(of: string | Detector): Uint8Array {
  const { shape, module, gap } = typeof of === 'string' ? detector(of) : of
  const [rows, columns] = shape
  const mask = new Uint8Array(rows * columns)
  if (!module || !gap) return mask
  for (let i = 0; i < rows; i++) {
    const rowGap = i % (module[0] + gap[0]) >= module[0]
    for (let j = 0; j < columns; j++) if (rowGap || j % (module[1] + gap[1]) >= module[1]) mask[i * columns + j] = 1
  }
  return mask
}
