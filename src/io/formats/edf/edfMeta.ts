import { instantFromEpoch } from '../../../core/parseInstant.js'
import type { Json, Meta } from '../../../model/dataset.js'

/**
 * What the keys of an EDF header mean: lists of names and values belong together (`motor_mne`, `motor_pos`), SI units of the small-angle
 * convention become those of the house. All keys stand in `extra.fields` as the file has them.
 * @param fields Keys and values.
 * @see P. Boesecke, J. Appl. Cryst. 40 (2007) s423 (keys of small-angle scattering: WaveLength, SampleDistance, PSize_1 in m)
 */
export function edfMeta(fields: Readonly<Record<string, string>>): Meta {
  const number = (key: string): number | undefined => {
    const value = fields[key] === undefined || fields[key] === '' ? Number.NaN : Number(fields[key])
    return Number.isFinite(value) ? value : undefined
  }
  const pair = (y: string, x: string): readonly number[] | undefined => {
    const values = [number(y), number(x)]
    return values.every(value => value !== undefined) ? (values as number[]) : undefined
  }
  const wavelength = number('WaveLength')
  const epoch = number('time_of_day')
  const extra: Record<string, Json | undefined> = {
    exposure: number('count_time') ?? number('ExposureTime'),
    pixelSize: pair('PSize_2', 'PSize_1'),
    distance: number('SampleDistance'),
    motors: namedValues(fields.motor_mne, fields.motor_pos),
    counters: namedValues(fields.counter_mne, fields.counter_pos),
    fields: {
      ...fields,
      ...namedValues(fields.motor_mne, fields.motor_pos),
      ...namedValues(fields.counter_mne, fields.counter_pos),
    },
  }
  return {
    ...(fields.Title === undefined || fields.Title === '' ? {} : { sample: fields.Title }),
    ...(wavelength !== undefined && wavelength > 0 ? { wavelength: wavelength * 1e10 } : {}),
    ...(epoch === undefined ? {} : { start: instantFromEpoch(epoch, 'unix') }),
    extra: Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== undefined)),
  }
}

/**
 * Every number that a header holds, by its own name: keys, motors, counters.
 * @param fields Keys and values.
 */
export function edfNumbers(fields: Readonly<Record<string, string>>): Record<string, number> {
  const numbers: Record<string, number> = {}
  for (const [key, text] of Object.entries(fields)) if (text !== '' && Number.isFinite(Number(text))) numbers[key] = Number(text)
  return {
    ...numbers,
    ...namedValues(fields.motor_mne, fields.motor_pos),
    ...namedValues(fields.counter_mne, fields.counter_pos),
  }
}

/** `{ sy: 1.25, sz: -3.5 }` of two parallel lists; nothing if they do not fit. */
function namedValues(names: string | undefined, values: string | undefined): Record<string, number> | undefined {
  const keys = names?.split(/\s+/).filter(Boolean) ?? []
  const numbers = values?.split(/\s+/).filter(Boolean).map(Number) ?? []
  if (keys.length === 0 || keys.length !== numbers.length || !numbers.every(Number.isFinite)) return undefined
  return Object.fromEntries(keys.map((key, i) => [key, numbers[i]!]))
}
