import type { RealArray } from '../../core/arrays.js'
import { isRealArray } from '../../core/arrays.js'
import type { Issue } from '../../core/issue.js'
import { unit } from '../../core/unit.js'
import { createFrameSource } from '../../model/createFrameSource.js'
import { createVariable } from '../../model/createVariable.js'
import type { Dataset, Variable } from '../../model/dataset.js'
import { createReadContext, fileError } from '../context.js'
import { readField } from '../formats/nexus/readVariable.js'
import { datasetIn } from '../hdf5/children.js'
import type { H5Dataset } from '../hdf5/h5.js'
import { openHdf5 } from '../hdf5/h5.node.js'
import { imageDataset, markedPixels, warnOfSaturation } from '../images/imageDataset.js'
import { type DetectorFields, detectorFields } from './detectorFields.js'
import { type FrameStack, frameStack } from './frameStack.js'
import type { OpenedFrames } from './openFrames.node.js'

/**
 * The frames of an HDF5 file on disk, one at a time.
 * @param path    Of the file.
 * @param file    Its name, for messages.
 * @param dataset Path of the stack in it.
 */
export async function hdf5Frames(path: string, file: string, dataset: string | undefined): Promise<OpenedFrames> {
  const root = await openHdf5(path)
  try {
    const stack = frameStack(root, file, dataset)
    const [frames, rows, columns] = stack.shape
    const fields = detectorFields(root, [rows, columns])
    const warnings: Issue[] = []
    if (stack.missing.length > 0)
      warnings.push({
        code: 'W_SEQUENCE_GAP',
        file,
        message: `${stack.missing.join(', ')} ${stack.missing.length === 1 ? 'is' : 'are'} linked and not there: ${frames} frames are left, numbered without a gap. Copy the missing files beside it.`,
      })
    let isOpen = true
    const source = createFrameSource({
      name: 'I',
      dims: ['y', 'x'],
      shape: stack.shape,
      chunkShape: chunksOf(stack),
      unit: unit('counts'),
      coords: coordsOf(stack, fields, file, warnings),
      meta: { ...fields.meta, sources: [{ name: file }] },
      warnings,
      read: index => {
        if (!isOpen) throw fileError('E_IO', file, `frame ${index} was asked for after close().`)
        return readFrame(stack, fields, file, index)
      },
    })
    const close = (): void => {
      if (isOpen) root.close()
      isOpen = false
    }
    return Object.freeze({ ...source, close })
  } catch (error) {
    root.close()
    throw error
  }
}

function readFrame({ parts, shape }: FrameStack, fields: DetectorFields, file: string, index: number): Dataset<'y' | 'x'> {
  let part = parts.length - 1
  while (parts[part]!.first > index) part--
  const { dataset, first } = parts[part]!
  const values = pixelsOf(dataset, index - first, shape, `${file} ${dataset.path} frame ${index}`)
  const context = createReadContext({ name: file }, { units: { I: 'counts' } })
  const mask = maskOf(values, fields.pixelMask)
  warnOfSaturation(values, fields.saturation, mask, context)
  return imageDataset({ shape: [shape[1], shape[2]], values, counts: true, mask, meta: fields.meta }, context) as Dataset<
    'y' | 'x'
  >
}

function pixelsOf(dataset: H5Dataset, index: number, [, rows, columns]: FrameStack['shape'], place: string): RealArray {
  let values: unknown
  try {
    values = dataset.slice([
      [index, index + 1],
      [0, rows],
      [0, columns],
    ])
  } catch {
    const foreign = dataset.filters.filter(({ id }) => id > 6)
    if (foreign.length > 0)
      throw fileError(
        'E_UNSUPPORTED',
        place,
        `compressed by filter ${foreign.map(({ id, name }) => `${id} (${name.split(';')[0] || 'unnamed'})`).join(', ')}, which was not found or failed. Install the plugins: npm install h5wasm@0.8 h5wasm-plugins.`,
      )
    throw fileError('E_FORMAT', place, 'cannot be read. The file may be truncated or damaged.')
  }
  if (isRealArray(values)) return values
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return Float64Array.from(values, Number)
  throw fileError('E_UNSUPPORTED', place, 'pixels that are no real numbers.')
}

/** The file's mask, and pixels that the detector marks by the highest numbers of their type. */
function maskOf(values: RealArray, pixelMask: Uint8Array | undefined): Uint8Array | undefined {
  const marked = markedPixels(values)
  if (!pixelMask) return marked
  const mask = marked ?? new Uint8Array(values.length)
  const top = values instanceof Uint16Array ? 0xffff : Number.POSITIVE_INFINITY
  for (let i = 0; i < mask.length; i++) if (pixelMask[i] || values[i]! >= top) mask[i] = 1
  return mask
}

function chunksOf({ parts, shape }: FrameStack): readonly number[] {
  const chunks = parts[0]!.dataset.metadata.chunks
  return chunks && chunks.length === 3 ? chunks : [1, shape[1], shape[2]]
}

/** Fields of one number a frame that lie beside the frames; and the time, where the detector tells its rhythm. */
function coordsOf(
  { group, parts, shape }: FrameStack,
  fields: DetectorFields,
  file: string,
  warnings: Issue[],
): Record<string, Variable> {
  const coords: Record<string, Variable> = {}
  if (fields.frameTime !== undefined && fields.frameTime > 0) {
    const { frameTime } = fields
    coords.time = createVariable({
      dims: ['frame'],
      values: Float64Array.from({ length: shape[0] }, (_, i) => i * frameTime),
      unit: 's',
      label: 'since the first frame began',
    })
  }
  // in an EIGER master the group holds links to frames only
  if (parts.length > 1) return coords
  for (const name of group.keys()) {
    const dataset = datasetIn(group, name)
    if (dataset?.shape?.length !== 1 || dataset.shape[0] !== shape[0] || name === 'frame' || name.endsWith('_errors')) continue
    const field = readField(group, name, file, warnings)
    if (field) coords[field.name] = createVariable({ dims: ['frame'], values: field.values, unit: field.unit })
  }
  return coords
}
