import type { Json, Meta } from '../../model/dataset.js'
import { numbersOf } from '../bytes/numbersOf.js'
import { fileError } from '../context.js'
import type { Format, OpenedDataset, ReadContext } from '../format.js'
import { imageDataset, warnOfSaturation } from '../images/imageDataset.js'
import { latin1 } from '../text/scanRows.js'

const HEADER = 4096
const BLOCK = 1024

/**
 * MarCCD / Rayonix images: a TIFF head of 1024 bytes, the maker's block of 3072, then the pixels.
 * @see "The marccd header documentation", Rayonix L.L.C.
 */
export const marccd: Format = {
  id: 'marccd',
  name: 'MarCCD image',
  extensions: ['mccd', 'marccd'],
  sniff: head => (isTiffHead(head) && latin1(head, BLOCK + 4, BLOCK + 7) === 'MMX' ? 1 : 0),
  read(bytes: Uint8Array, context: ReadContext): OpenedDataset {
    if (bytes.length < HEADER)
      throw fileError('E_TRUNCATED', context.name, `a header of ${HEADER} bytes was expected.`, `byte ${bytes.length}`)
    const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER)
    // header_byte_order and data_byte_order hold 1234 in their own order
    const littleHeader = view.getUint32(BLOCK + 28, true) !== 4321 && bytes[0] === 0x49
    const word = (offset: number): number => view.getUint32(BLOCK + offset, littleHeader)
    const signed = (offset: number): number => view.getInt32(BLOCK + offset, littleHeader)
    const columns = word(80)
    const rows = word(84)
    const depth = word(88)
    const place = `byte ${BLOCK + 80}`
    if (depth !== 1 && depth !== 2 && depth !== 4)
      throw fileError('E_UNSUPPORTED', context.name, `${depth} bytes a pixel: 1, 2 or 4 were expected.`, place)
    const needed = rows * columns * depth
    if (!(needed > 0 && needed <= bytes.length - HEADER))
      throw fileError(
        needed > 0 ? 'E_TRUNCATED' : 'E_FORMAT',
        context.name,
        `${columns} x ${rows} pixels of ${depth} bytes are ${needed} bytes, ${bytes.length - HEADER} are there.`,
        place,
      )
    const kind = depth === 1 ? 'uint8' : depth === 2 ? 'uint16' : 'uint32'
    const littleData = word(32) === 4321 ? !littleHeader : bytes[0] === 0x49
    const values = numbersOf(bytes, HEADER, rows * columns, kind, littleData)
    warnOfSaturation(values, word(104) || undefined, undefined, context)
    const dataset = imageDataset({ shape: [rows, columns], values, meta: metaOf(word, signed) }, context)
    return { kind: 'dataset', format: 'marccd', dataset, others: [], warnings: context.warnings }
  },
}

/** Goniostat part at 640 (mm/1000, pixels/1000, ms), detector part at 768 (nm), source part at 896 (fm). Zero means that nobody filled it in. */
function metaOf(word: (offset: number) => number, signed: (offset: number) => number): Meta {
  const filled = (value: number, unitsPer: number): number | undefined => (value > 0 ? value / unitsPer : undefined)
  const wavelength = filled(signed(908), 1e5)
  const pixel = [filled(signed(776), 1e9), filled(signed(772), 1e9)]
  const beam = [filled(signed(644), 1e3), filled(signed(648), 1e3)]
  const whole = (values: readonly (number | undefined)[]): readonly number[] | undefined =>
    values.every(value => value !== undefined) ? (values as readonly number[]) : undefined
  const extra: Record<string, Json | undefined> = {
    distance: filled(signed(640), 1e6),
    beam: whole(beam),
    exposure: filled(word(656), 1e3),
    pixelSize: whole(pixel),
  }
  return {
    ...(wavelength === undefined ? {} : { wavelength }),
    extra: Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== undefined)),
  }
}

function isTiffHead(head: Uint8Array): boolean {
  const mark = latin1(head, 0, Math.min(head.length, 4))
  return mark === 'II*\0' || mark === 'MM\0*'
}
