import type { GeoTIFFImage } from 'geotiff'
import type { RealArray } from '../../core/arrays.js'
import { isRealArray } from '../../core/arrays.js'
import { isOperandoError } from '../../core/errors.js'
import { throwIfAborted } from '../../core/progress.js'
import type { Dataset } from '../../model/dataset.js'
import { copyBytes } from '../bytes/numbersOf.js'
import { fileError } from '../context.js'
import type { Format, OpenedDataset, ReadContext } from '../format.js'
import { imageDataset, markedPixels, warnOfSaturation } from '../images/imageDataset.js'
import { pilatusHeader } from '../images/pilatusHeader.js'
import { latin1 } from '../text/scanRows.js'

const TAG = { compression: 259, description: 270, stripOffsets: 273, stripBytes: 279, tileOffsets: 324, tileBytes: 325 } as const

/**
 * TIFF and BigTIFF: integers and floats of 8 to 64 bits, strips or tiles, LZW and deflate, many pages. Pages of one size and type become one stack.
 * Where the description is that of a hybrid pixel detector, its header is read and its marked pixels are masked.
 */
export const tiff: Format = {
  id: 'tiff',
  name: 'TIFF image',
  extensions: ['tif', 'tiff'],
  sniff: head => (/^(II[*+]\0|MM\0[*+])/.test(latin1(head, 0, Math.min(head.length, 4))) ? 0.9 : 0),
  async read(bytes: Uint8Array, context: ReadContext): Promise<OpenedDataset> {
    const pages: Page[] = []
    try {
      for await (const page of readPages(bytes, context)) pages.push(page)
    } catch (error) {
      if (isOperandoError(error) && (pages.length === 0 || error.code === 'E_ABORTED' || error.code === 'E_LIMIT')) throw error
      const reason = error instanceof Error ? error.message : String(error)
      const message = `page ${pages.length} cannot be read (${reason}). Copy the file anew.`
      if (pages.length === 0) throw fileError('E_FORMAT', context.name, message)
      context.fault('E_FORMAT', message, `page ${pages.length}`)
    }
    const groups = new Map<string, Page[]>()
    for (const page of pages) {
      const like = `${page.shape.join(' ')} ${page.values.constructor.name}`
      groups.set(like, [...(groups.get(like) ?? []), page])
    }
    const [dataset, ...others] = [...groups.values()].map(group => toDataset(group, context))
    return { kind: 'dataset', format: 'tiff', dataset: dataset!, others, warnings: context.warnings }
  },
}

interface Page {
  readonly shape: readonly number[]
  readonly values: RealArray
  readonly description: string | undefined
}

async function* readPages(bytes: Uint8Array, context: ReadContext): AsyncGenerator<Page> {
  const { fromArrayBuffer } = await import('geotiff')
  const file = await fromArrayBuffer(copyBytes(bytes).buffer)
  const count = await file.getImageCount()
  const detector = detectorText(bytes)
  let expanded = 0
  for (let i = 0; i < count; i++) {
    throwIfAborted(context.options.signal)
    const image = await file.getImage(i)
    const place = `page ${i}`
    const samples = image.getSamplesPerPixel()
    expanded += plainBytes(image)
    await checkSize(image, bytes.length, expanded, place, context)
    const raster: unknown = await image.readRasters({ interleave: true })
    if (!isRealArray(raster))
      throw fileError('E_UNSUPPORTED', context.name, 'integers of 8 to 32 bits and floats of 32 and 64 bits are read.', place)
    const description: unknown = await image.fileDirectory.loadValue(TAG.description)
    yield {
      shape: samples > 1 ? [image.getHeight(), image.getWidth(), samples] : [image.getHeight(), image.getWidth()],
      // a view of its own: the reader hangs width and height on the array
      values: new (raster.constructor as new (buffer: ArrayBufferLike, at: number, n: number) => RealArray)(
        raster.buffer,
        raster.byteOffset,
        raster.length,
      ),
      description: detector ?? (typeof description === 'string' ? description.replace(/\0+$/, '') : undefined),
    }
  }
}

/** The header of a hybrid pixel detector lies within the first bytes; a second description that some program added would hide it. */
function detectorText(bytes: Uint8Array): string | undefined {
  const head = latin1(bytes, 0, Math.min(bytes.length, 8192))
  return /# (?:Detector: |Pixel_size )[^\0]*/.exec(head)?.[0]
}

/** Bytes of an unpacked image; `getBytesPerPixel` counts all samples of a pixel. */
function plainBytes(image: GeoTIFFImage): number {
  return image.getWidth() * image.getHeight() * image.getBytesPerPixel()
}

/** Announced sizes against the bytes that are there, before anything is allocated. */
async function checkSize(
  image: GeoTIFFImage,
  length: number,
  expanded: number,
  place: string,
  context: ReadContext,
): Promise<void> {
  if (expanded > context.limits.expandedBytes)
    throw fileError(
      'E_LIMIT',
      context.name,
      `the images expand to more than ${context.limits.expandedBytes} bytes. If that is right, raise limits.expandedBytes.`,
      place,
    )
  const list = async (tag: number): Promise<number[]> => {
    const value: unknown = await image.fileDirectory.loadValue(tag)
    return value === undefined ? [] : Array.from(value as ArrayLike<number | bigint>, Number)
  }
  const offsets = await list(image.isTiled ? TAG.tileOffsets : TAG.stripOffsets)
  const sizes = await list(image.isTiled ? TAG.tileBytes : TAG.stripBytes)
  let stored = 0
  offsets.forEach((offset, i) => {
    const size = sizes[i] ?? 0
    stored += size
    if (offset + size > length)
      throw fileError(
        'E_TRUNCATED',
        context.name,
        `part ${i} of the image lies at bytes ${offset} to ${offset + size}, the file ends at ${length}. Copy it anew.`,
        place,
      )
  })
  const packed = ((await image.fileDirectory.loadValue(TAG.compression)) as number | undefined) ?? 1
  const needed = plainBytes(image)
  if (packed === 1 && !image.isTiled && stored < needed)
    throw fileError(
      'E_FORMAT',
      context.name,
      `${image.getWidth()} x ${image.getHeight()} pixels need ${needed} bytes, ${stored} are announced.`,
      place,
    )
}

function toDataset(pages: readonly Page[], context: ReadContext): Dataset {
  const [first] = pages as [Page]
  const { shape, description } = first
  const values =
    pages.length === 1
      ? first.values
      : new (first.values.constructor as new (n: number) => RealArray)(pages.length * first.values.length)
  if (pages.length > 1)
    pages.forEach((page, i) => {
      values.set(page.values, i * first.values.length)
    })
  const detector = description !== undefined && /^# (Detector: |Pixel_size )/.test(description)
  const { meta, cutoff } = detector
    ? pilatusHeader(description, context)
    : { meta: description ? { extra: { description } } : {}, cutoff: undefined }
  const mask = detector ? markedPixels(values) : undefined
  warnOfSaturation(values, cutoff, mask, context)
  return imageDataset(
    {
      shape: pages.length > 1 ? [pages.length, ...shape] : shape,
      values,
      channels: shape.length === 3,
      counts: detector,
      mask,
      meta,
    },
    context,
  )
}
