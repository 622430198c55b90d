import { asFloat64 } from '../../../../core/arrays.js'
import { OperandoError } from '../../../../core/errors.js'
import { assertFields } from '../../../../core/fields.js'
import type { Issue } from '../../../../core/issue.js'
import { translateOptions } from '../../../foreignNames.js'
import { createGridLoader, type GridLoader } from '../../transform/chiOnGrid.js'
import { type CompiledPath, compilePath } from './compilePath.js'
import { type ExafsSet, type ExafsTransform, TRANSFORM_FIELDS, TRANSFORM_FOREIGN } from './fitTypes.js'
import { estimateNoise, givenNoise, type Noise } from './noise.js'
import { type FitTransform, openTransform } from './openTransform.js'

/** A spectrum of a fit, ready: grid, transform, paths. */
export interface OpenSet {
  /** Its name. */
  readonly name: string
  /** Wavenumbers that the data have. */
  readonly measured: number
  /** The even grid. */
  readonly k: Float64Array
  /** From the data to it. */
  readonly loader: GridLoader
  /** From it to what is compared. */
  readonly transform: FitTransform
  /** Paths. */
  readonly paths: readonly CompiledPath[]
  /** Indices of the parameters that the paths read, each once. */
  readonly reads: readonly number[]
  /** Names that were translated. */
  readonly hints: readonly Issue[]
  /**
   * Uncertainty of a spectrum.
   * @param chi On the grid.
   */
  noise(chi: Float64Array): Noise
}

const SET_FIELDS: Readonly<Record<string, true>> = {
  ...TRANSFORM_FIELDS,
  name: true,
  k: true,
  chi: true,
  paths: true,
  epsilon: true,
}

/**
 * Opens a spectrum of a fit.
 * @param given    As the caller gives it.
 * @param name     Its name.
 * @param defaults Range, weights and space where it does not say.
 * @param names    What its paths may read.
 * @param start    Values of these at the start.
 */
export function openSet(
  given: ExafsSet,
  name: string,
  defaults: ExafsTransform,
  names: readonly string[],
  start: Float64Array,
): OpenSet {
  const { options: own, hints } = translateOptions(given, name, SET_FIELDS, TRANSFORM_FOREIGN)
  assertFields(own, name, ['k', 'paths'])
  const options = { ...defaults, ...withoutUndefined(own) }
  const { kstep = 0.05 } = options
  if (!(kstep > 0)) throw new OperandoError('E_RANGE', `${name}: kstep = ${kstep}: a step above 0 expected.`)
  const loader = createGridLoader(own.k, kstep)
  const transform = openTransform(name, loader, options)
  const k = Float64Array.from({ length: loader.points }, (_, i) => i * kstep)
  if (!Array.isArray(own.paths) || own.paths.length === 0) {
    throw new OperandoError('E_ARGUMENT', `${name}: a list of paths such as [{ path, s02: 'amp', sigma2: 'ss2' }] expected.`)
  }
  const paths = unique(own.paths.map((path, i) => compilePath(path, `${name}: path ${i}`, names, start, k)))
  const last = k[transform.to - 1]!
  const short = paths.find(({ end }) => end < last - 1e-6)
  if (short) {
    throw new OperandoError(
      'E_RANGE',
      `${name}: the window ends at k = ${last.toFixed(2)}, but the tables of path ${short.label} end at ${short.end} 1/Å: a kmax within them expected.`,
      {
        details: { set: name, path: short.label },
      },
    )
  }
  const reads = [...new Set(paths.flatMap(({ terms }) => terms.flatMap(({ expression }) => [...expression.reads])))].filter(
    i => i < names.length,
  )
  const { kmin = 3, kmax = loader.last, epsilon } = options
  const measured = asFloat64(own.k, 'k').length
  return {
    name,
    measured,
    k,
    loader,
    transform,
    paths,
    reads,
    hints: [...hints, ...paths.flatMap(path => path.hints)],
    noise: chi =>
      epsilon === undefined
        ? estimateNoise(chi, transform, kmin, kmax, kstep)
        : givenNoise(epsilon, name, measured, loader, transform, kmin, kmax, kstep),
  }
}

/** Labels that differ: a second path of one name gets a number. */
function unique(paths: readonly CompiledPath[]): CompiledPath[] {
  const seen = new Map<string, number>()
  return paths.map(path => {
    const count = (seen.get(path.label) ?? 0) + 1
    seen.set(path.label, count)
    return count === 1 ? path : { ...path, label: `${path.label}_${count}` }
  })
}

function withoutUndefined<T extends object>(x: T): T {
  return Object.fromEntries(Object.entries(x).filter(([, value]) => value !== undefined)) as T
}
