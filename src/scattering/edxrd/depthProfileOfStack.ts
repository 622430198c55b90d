import { asFloat64 } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { assertDataset } from '../../model/assertDataset.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { linearLeastSquares } from '../../numeric/linear/linearLeastSquares.js'
import { createNnls } from '../../numeric/linear/nnls.js'

/** The pattern of a pure layer. */
export interface StackReference {
  /** Its name. */
  readonly name: string
  /** Its pattern, on the energies of the series. */
  readonly values: ArrayLike<number>
}

/** Options of {@link depthProfileOfStack}. */
export interface StackProfileOptions {
  /** Patterns of the phases on the energies of the series, per unit of amount: drawn from `edxrdLines`, or measured alone. Also backgrounds. */
  references: readonly StackReference[]
  /** Part of photons of an energy (eV) that come from a depth (unit of the series) through all that lies around it. Default 1: side-on geometry, the same for all. */
  transmission?: ((energy: number, depth: number) => number) | undefined
}

/** Amounts by depth. */
export interface StackProfile {
  /** By name: amount at each depth, with standard uncertainties, 0 or more. */
  readonly amounts: Readonly<Record<string, Dataset<'depth'>>>
  /** Chi² over degrees of freedom at each depth, where the series has sigma or counts. */
  readonly reducedChiSquare: Float64Array
}

const OPTIONS: FieldsOf<StackProfileOptions> = { references: true, transmission: true }

/** Rounds after which weights by the model no longer change what they weigh by more than a part of its error. */
const ROUNDS = 3

/**
 * What a stack is made of along a scan: amounts of phases at each depth by non-negative least squares of their patterns, corrected for what the layers around absorb. Uncertainties of amounts are those of the unbounded
 * problem over the phases that are there.
 * @param series  Spectra over depths: dims depth, energy. Sigma, or counts.
 * @param options Patterns, transmission.
 * @throws OperandoError `E_ARGUMENT` for other dims or no references, `E_MISSING` without coordinates, `E_SHAPE` for references of another length, `E_RANGE` for a transmission that is not above 0.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { depthProfileOfStack } from 'operando/scattering'
 * const references = [{ name: 'graphite', values: [0, 10, 0, 1] }, { name: 'copper', values: [0, 0, 8, 1] }]
 * const series = createDataset({
 *   name: 'counts', dims: ['depth', 'energy'], shape: [2, 4], values: [0, 100, 0, 10, 0, 50, 40, 10], unit: 'counts',
 *   coords: { depth: { dims: ['depth'], values: [0, 20], unit: 'µm' }, energy: { dims: ['energy'], values: [40e3, 50e3, 60e3, 70e3], unit: 'eV' } },
 * })
 * const { amounts } = depthProfileOfStack(series, { references })
 * console.log(amounts.graphite?.values, amounts.copper?.values) // 10, 5; 0, 5
 * ```
 */
export function depthProfileOfStack(series: Dataset<'depth' | 'energy'>, options: StackProfileOptions): StackProfile {
  assertKnown(options, 'depthProfileOfStack options', OPTIONS)
  assertFields(options, 'depthProfileOfStack options', ['references'])
  assertDataset(series, 'depthProfileOfStack')
  if (series.dims.join() !== 'depth,energy')
    throw new OperandoError(
      'E_ARGUMENT',
      `depthProfileOfStack: a series of dims depth, energy expected, found ${series.dims.join(', ')}.`,
    )
  const { references, transmission } = options
  if (references.length === 0)
    throw new OperandoError('E_ARGUMENT', 'depthProfileOfStack: patterns of phases expected, found none.')
  const [depths, energies] = (['depth', 'energy'] as const).map(name => {
    const coord = series.coords[name]
    if (!coord) throw new OperandoError('E_MISSING', `depthProfileOfStack: the coordinate ${name} is missing.`)
    return asFloat64(coord.values, name)
  }) as [Float64Array, Float64Array]
  const [n, m] = [energies.length, references.length]
  const patterns = references.map(({ name, values }) => asFloat64(values, `reference ${name}`, { length: n }))
  const values = m * depths.length
  const [x, sigma] = [new Float64Array(values), new Float64Array(values)]
  const reducedChiSquare = new Float64Array(depths.length)
  for (let k = 0; k < depths.length; k++) {
    const good: number[] = []
    for (let i = 0; i < n; i++) if (!series.mask?.[k * n + i] && Number.isFinite(series.values[k * n + i]!)) good.push(i)
    if (good.length < m) {
      x.fill(Number.NaN, k * m, (k + 1) * m)
      sigma.fill(Number.NaN, k * m, (k + 1) * m)
      reducedChiSquare[k] = Number.NaN
      continue
    }
    const through = good.map(i => transmission?.(energies[i]!, depths[k]!) ?? 1)
    const bad = through.find(t => !(t > 0 && Number.isFinite(t)))
    if (bad !== undefined)
      throw new OperandoError('E_RANGE', `depthProfileOfStack: transmission at depth ${depths[k]} is ${bad}: above 0 expected.`)
    const given = series.sigma
    let errors = Float64Array.from(good, i => given?.[k * n + i] ?? Math.sqrt(Math.max(1, series.values[k * n + i]!)))
    const data = Float64Array.from(good, i => series.values[k * n + i]!)
    const matrixOf = (columns: readonly number[]): Float64Array =>
      Float64Array.from(good.flatMap((i, row) => columns.map(j => patterns[j]![i]! * through[row]!)))
    const all = references.map((_, j) => j)
    const matrix = matrixOf(all)
    let solution = createNnls(matrix, good.length, m, { sigma: errors }).solve(data)
    // counts as the model has them: by the counts themselves low ones would weigh too much
    for (let round = 0; !given && round < ROUNDS; round++) {
      errors = errors.map((_, row) =>
        Math.sqrt(
          Math.max(
            1,
            all.reduce((sum, j) => sum + matrix[row * m + j]! * solution.x[j]!, 0),
          ),
        ),
      )
      solution = createNnls(matrix, good.length, m, { sigma: errors }).solve(data)
    }
    const there = all.filter(j => solution.x[j]! > 0)
    const errorsOf = (columns: readonly number[]): Float64Array | null =>
      columns.length === 0
        ? null
        : linearLeastSquares(matrixOf(columns), good.length, columns.length, data, { sigma: errors, scaleErrors: false })
            .standardErrors
    for (const j of all) {
      x[k * m + j] = solution.x[j]!
      // one that is not there: as it would be beside the others
      const columns = there.includes(j) ? there : [...there, j]
      sigma[k * m + j] = errorsOf(columns)?.[columns.indexOf(j)] ?? Number.NaN
    }
    reducedChiSquare[k] = solution.residualNorm ** 2 / Math.max(1, good.length - there.length)
  }
  const amounts = Object.fromEntries(
    references.map(({ name }, j) => {
      const own = Float64Array.from(depths, (_, k) => x[k * m + j]!)
      return [
        name,
        createDataset({
          name,
          dims: ['depth'],
          shape: [depths.length],
          values: own,
          sigma: Float64Array.from(depths, (_, k) => sigma[k * m + j]!),
          unit: '',
          mask: Uint8Array.from(own, v => Number(Number.isNaN(v))),
          coords: { depth: series.coords.depth! },
        }),
      ] as const
    }),
  )
  return { amounts, reducedChiSquare }
}
