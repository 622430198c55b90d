import { OperandoError } from '../../../core/errors.js'
import { assertFields } from '../../../core/fields.js'
import type { ScatteringPath } from '../../../model/scatteringPath.js'

const COLUMNS = ['k', 'realPhc', 'magFeff', 'phaseFeff', 'redFactor', 'lambda', 'realP'] as const

/**
 * Throws unless something is a scattering path with its scattering data.
 * @param path What the caller passed.
 * @param what What it is, for messages: `path 2 (Ni-O)`.
 * @throws OperandoError `E_ARGUMENT` for no object, `E_MISSING` for a path without scattering data, `E_SHAPE` for columns of unequal lengths, `E_RANGE` for a reff below 0.05 Å.
 */
export function assertPath(path: unknown, what: string): asserts path is ScatteringPath {
  assertFields(path, what, [])
  const given = path as ScatteringPath
  const absent = COLUMNS.filter(name => !(given[name] instanceof Float64Array))
  if (absent.length > 0) {
    throw new OperandoError(
      'E_MISSING',
      `${what} has no scattering data (${absent.join(', ')}). paths.dat and a structure only say where a path goes: read its feffNNNN.dat with parseFeffPath, or use pathsOfStructure with a path of the same atoms.`,
      { details: { missing: absent } },
    )
  }
  const n = given.k.length
  const uneven = COLUMNS.find(name => given[name].length !== n)
  if (uneven !== undefined || n < 4) {
    throw new OperandoError(
      'E_SHAPE',
      `${what}: columns of one length, 4 or more, expected; k has ${n}, ${uneven ?? 'k'} ${given[uneven ?? 'k'].length}.`,
    )
  }
  if (given.reff > 0.05 && Number.isFinite(given.reff)) return
  throw new OperandoError('E_RANGE', `${what}: a reff above 0.05 Å expected, found ${given.reff}.`)
}
