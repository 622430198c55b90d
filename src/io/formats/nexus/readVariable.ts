import type { RealArray } from '../../../core/arrays.js'
import { isOperandoError } from '../../../core/errors.js'
import type { Issue } from '../../../core/issue.js'
import { type Unit, unit } from '../../../core/unit.js'
import { datasetIn } from '../../hdf5/children.js'
import type { H5Dataset, H5Group } from '../../hdf5/h5.js'
import { readNumbers, textAttribute } from '../../hdf5/values.js'
import { ORIGINAL_NAME } from './names.js'

/** An NXdata field with what its attributes say; the dims are known only to its group. */
export interface Field {
  /** Name in operando. */
  readonly name: string
  /** Name in the file. */
  readonly field: string
  /** Its numbers. */
  readonly values: RealArray
  /** Shape in the file. */
  readonly shape: readonly number[]
  /** Its unit; `''` with a warning where the file's text is no unit that is known. */
  readonly unit: Unit
  /** Standard uncertainty, if there is one. */
  readonly sigma?: Float32Array | Float64Array | undefined
  /** `long_name`. */
  readonly label?: string | undefined
  /** Whether re, im are interleaved along the last axis. */
  readonly complex: boolean
  /** Whether operando wrote it as bin edges. */
  readonly edges: boolean
}

function unitOf(dataset: H5Dataset, place: string, warnings: Issue[]): Unit {
  const symbol = textAttribute(dataset, 'units') ?? ''
  const written = textAttribute(dataset, 'operando_unit')
  if (written !== undefined) return JSON.parse(written) as Unit
  try {
    return unit(symbol)
  } catch (error) {
    if (!isOperandoError(error, 'E_UNIT')) throw error
    warnings.push({ code: 'W_UNIT', message: `units "${symbol}" are not known; the numbers are kept without unit`, place })
    return unit('')
  }
}

function sigmaOf(
  group: H5Group,
  field: string,
  length: number,
  file: string,
  warnings: Issue[],
): Float32Array | Float64Array | undefined {
  const errors = datasetIn(group, `${field}_errors`)
  if (!errors) return undefined
  const place = `${group.path}/${field}_errors`
  const { values } = readNumbers(errors, `${file}:${place}`)
  if (values.length !== length) {
    warnings.push({
      code: 'E_SHAPE',
      message: `${length} uncertainties expected, ${values.length} found; they are left out`,
      file,
      place,
    })
    return undefined
  }
  return values instanceof Float32Array || values instanceof Float64Array ? values : Float64Array.from(values)
}

/**
 * Reads a field of a group with units, uncertainties and label.
 * @param group    The open group.
 * @param field    Name of the field.
 * @param file     For messages.
 * @param warnings Receives what was doubtful.
 * @returns `undefined` if there is no such dataset of numbers.
 */
export function readField(group: H5Group, field: string, file: string, warnings: Issue[]): Field | undefined {
  const h5 = datasetIn(group, field)
  if (!h5) return undefined
  const place = `${group.path}/${field}`
  const { values, shape } = readNumbers(h5, `${file}:${place}`)
  return {
    name: textAttribute(h5, ORIGINAL_NAME) ?? field,
    field,
    values,
    shape,
    unit: unitOf(h5, place, warnings),
    sigma: sigmaOf(group, field, values.length, file, warnings),
    label: textAttribute(h5, 'long_name'),
    complex: textAttribute(h5, 'operando_complex') !== undefined,
    edges: textAttribute(h5, 'operando_edges') !== undefined,
  }
}

/**
 * Reads a text field that operando wrote as JSON.
 * @param group The open group, if any.
 * @param name  Name of the field.
 * @returns `undefined` where there is none.
 */
export function readJson(group: H5Group | undefined, name: string): unknown {
  const text = group && datasetIn(group, name)?.value
  return typeof text === 'string' ? JSON.parse(text) : undefined
}
