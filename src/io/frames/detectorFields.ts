import { isRealArray } from '../../core/arrays.js'
import type { Json, Meta } from '../../model/dataset.js'
import { datasetIn, groupIn } from '../hdf5/children.js'
import type { H5Dataset, H5File } from '../hdf5/h5.js'

/** What an HDF5 file of a detector says beside its frames. */
export interface DetectorFields {
  /** Detector as instrument, wavelength, and in `extra`: `exposure` s, `pixelSize` [y, x] m, `distance` m, `beam` [x, y] pixels. */
  readonly meta: Meta
  /** From one frame to the next, s. */
  readonly frameTime?: number | undefined
  /** 0 = good, rows x columns: gaps, dead, hot and noisy pixels. */
  readonly pixelMask?: Uint8Array | undefined
  /** Counts from which a pixel is saturated. */
  readonly saturation?: number | undefined
}

const INSTRUMENT = 'entry/instrument'

/**
 * Reads what NXmx and the masters of EIGER detectors keep in `/entry/instrument`; what is not there is left out.
 * @param root  Open file.
 * @param shape Rows and columns of a frame: a mask of another shape is none.
 * @see NeXus definition NXmx; SIMPLON API reference, DECTRIS Ltd.
 */
export function detectorFields(root: H5File, shape: readonly [number, number]): DetectorFields {
  const detector = (name: string): number | undefined =>
    numberAt(root, `detector/${name}`) ?? numberAt(root, `detector/detectorSpecific/${name}`)
  const metres = (name: string): number | undefined => lengthAt(root, `detector/${name}`)
  const whole = (...values: readonly (number | undefined)[]): Json | undefined =>
    values.every(value => value !== undefined) ? (values as number[]) : undefined
  const extra: Record<string, Json | undefined> = {
    exposure: detector('count_time'),
    pixelSize: whole(metres('y_pixel_size'), metres('x_pixel_size')),
    distance: metres('detector_distance') ?? metres('distance'),
    beam: whole(detector('beam_center_x'), detector('beam_center_y')),
  }
  const wavelength = numberAt(root, 'beam/incident_wavelength') ?? numberAt(root, 'monochromator/wavelength')
  const instrument = textAt(root, 'detector/description')
  return {
    meta: {
      ...(instrument === undefined ? {} : { instrument }),
      ...(wavelength === undefined || !(wavelength > 0) ? {} : { wavelength }),
      extra: Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== undefined)),
    },
    frameTime: detector('frame_time'),
    pixelMask: maskOf(root, shape),
    saturation: detector('saturation_value') ?? detector('countrate_correction_count_cutoff'),
  }
}

function maskOf(root: H5File, shape: readonly [number, number]): Uint8Array | undefined {
  for (const path of ['detector/pixel_mask', 'detector/detectorSpecific/pixel_mask']) {
    const dataset = at(root, path)
    if (dataset?.shape?.join() !== shape.join()) continue
    const values: unknown = dataset.value
    if (isRealArray(values)) return Uint8Array.from(values, value => (value === 0 ? 0 : 1))
  }
  return undefined
}

function at(root: H5File, path: string): H5Dataset | undefined {
  const names = `${INSTRUMENT}/${path}`.split('/')
  const last = names.pop()!
  let group = groupIn(root, names[0]!)
  for (const name of names.slice(1)) group = group && groupIn(group, name)
  return group && datasetIn(group, last)
}

function numberAt(root: H5File, path: string): number | undefined {
  const value: unknown = at(root, path)?.value
  const number = isRealArray(value) && value.length === 1 ? value[0] : typeof value === 'bigint' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A length in metres, whatever small unit it is written in. */
function lengthAt(root: H5File, path: string): number | undefined {
  const value = numberAt(root, path)
  const written: unknown = at(root, path)?.attrs.units?.value
  const factor = ({ mm: 1e-3, um: 1e-6, µm: 1e-6, cm: 1e-2 } as Record<string, number>)[String(written)] ?? 1
  return value === undefined || !(value > 0) ? undefined : value * factor
}

function textAt(root: H5File, path: string): string | undefined {
  const value: unknown = at(root, path)?.value
  return typeof value === 'string' && value.trim() !== '' ? value.replace(/\0+$/, '').trim() : undefined
}
