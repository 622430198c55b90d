import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { freezeData } from '../../../model/derive.js'

/** Which scans belong together. */
export interface AverageScansOptions {
  /** So many scans in a row make one spectrum. */
  block?: number | undefined
  /** Electrochemical state at each scan: potential, capacity, x. Scans of one interval of `width` make one spectrum. */
  state?: NumbersLike | undefined
  /** Width of an interval of the state. */
  width?: number | undefined
  /** What keeps equal states apart, a number for each scan: half-cycle, step. */
  branch?: NumbersLike | undefined
}

const OPTIONS: FieldsOf<AverageScansOptions> = { block: true, state: true, width: true, branch: true }

/** The mean of some scans. */
export interface AveragedSpectrum {
  /** Which scans, from 0. */
  readonly scans: readonly number[]
  /** Mean, m values; NaN where no scan has a value. */
  readonly mu: Float64Array
  /** Standard error of the mean from the scatter of scans, m values; NaN below two scans. What moves slowly from scan to scan counts as scatter. */
  readonly sigma: Float64Array
  /** Scans with a value, m values. */
  readonly counts: Uint32Array
  /** Mean state of the scans. */
  readonly state?: number | undefined
}

/** Means of scans, and how far neighbouring points of them are independent. */
export interface AveragedScans {
  /** The spectra, in the order of their first scans. */
  readonly spectra: readonly AveragedSpectrum[]
  /** Correlation of the deviations from the mean at neighbouring energies, -1 to 1; NaN without repeated scans. */
  readonly correlation: number
  /** Points of a spectrum that count as independent, for chi-squares and degrees of freedom: m (1 - r) / (1 + r). */
  readonly effectivePoints: number
  /** `W_CORRELATED_NOISE` where the correlation is above 0.2. */
  readonly warnings: readonly Issue[]
}

/**
 * Averages scans by blocks or by electrochemical state, and tells how far the noise of neighbouring points goes together. Averages of interpolated or binned quick scans are correlated: a chi-square that counts every point as independent
 * comes out too small, and factor analyses see too many components.
 *
 * @param scans   Scans on one grid, m values each; NaN where a scan has no value.
 * @param options Which belong together. Default: all.
 * @throws OperandoError `E_SHAPE` for scans of other lengths, `E_RANGE`, `E_ARGUMENT` for contradictory options.
 * @see G. E. P. Box, G. M. Jenkins, Time Series Analysis (effective number of points of a first-order process)
 * @example
 * ```ts
 * import { averageScans } from 'operando/spectroscopy'
 * const { spectra } = averageScans([[1, 2, 3], [1.2, 2, 2.8], [5, 6, 7]], { state: [3.61, 3.62, 3.71], width: 0.05 })
 * console.log(spectra[0]!.mu, spectra[0]!.state) // 1.1, 2, 2.9 at 3.615
 * ```
 */
export function averageScans(scans: readonly NumbersLike[], options: AverageScansOptions = {}): AveragedScans {
  assertKnown(options, 'averageScans options', OPTIONS)
  assertFields(scans, 'scans', ['length'])
  if (scans.length === 0) throw new OperandoError('E_RANGE', 'averageScans: at least one scan expected.')
  const first = asFloat64(scans[0]!, 'scans[0]', { allowNaN: true })
  const m = first.length
  const rows = Array.from(scans, (scan, s) => asFloat64(scan, `scans[${s}]`, { length: m, allowNaN: true }))
  const state = options.state === undefined ? undefined : asFloat64(options.state, 'state', { length: rows.length })
  const spectra: AveragedSpectrum[] = []
  let [own, neighbour] = [0, 0]
  for (const group of groupsOf(rows.length, state, options)) {
    const spectrum = meanOf(
      group.map(s => rows[s]!),
      m,
    )
    for (const s of group) {
      for (let i = 1; i < m && group.length > 1; i++) {
        const [a, b] = [rows[s]![i - 1]! - spectrum.mu[i - 1]!, rows[s]![i]! - spectrum.mu[i]!]
        if (Number.isNaN(a + b)) continue
        own += (a * a + b * b) / 2
        neighbour += a * b
      }
    }
    spectra.push({
      ...spectrum,
      scans: group,
      ...(state && { state: group.reduce((sum, s) => sum + state[s]!, 0) / group.length }),
    })
  }
  const correlation = own > 0 ? neighbour / own : Number.NaN
  const effectivePoints = Number.isNaN(correlation) ? m : Math.min(m, (m * (1 - correlation)) / (1 + correlation))
  const warnings: Issue[] = []
  if (correlation > 0.2) {
    warnings.push({
      code: 'W_CORRELATED_NOISE',
      message: `Deviations at neighbouring energies go together with a correlation of ${correlation.toFixed(2)}: of ${m} points about ${Math.round(effectivePoints)} are independent.`,
    })
  }
  return freezeData({ spectra, correlation, effectivePoints, warnings })
}

function meanOf(rows: readonly Float64Array[], m: number): Omit<AveragedSpectrum, 'scans'> {
  const [mu, sigma, counts] = [new Float64Array(m), new Float64Array(m), new Uint32Array(m)]
  for (let i = 0; i < m; i++) {
    let [sum, n, square] = [0, 0, 0]
    for (const row of rows) {
      if (Number.isNaN(row[i])) continue
      sum += row[i]!
      n++
    }
    const mean = sum / n
    for (const row of rows) if (!Number.isNaN(row[i])) square += (row[i]! - mean) ** 2
    mu[i] = mean
    sigma[i] = n > 1 ? Math.sqrt(square / (n - 1) / n) : Number.NaN
    counts[i] = n
  }
  return { mu, sigma, counts }
}

function groupsOf(n: number, state: Float64Array | undefined, { block, width, branch }: AverageScansOptions): number[][] {
  if (block !== undefined && state) throw new OperandoError('E_ARGUMENT', 'averageScans: block and state exclude each other.')
  if (!state) {
    if (block !== undefined && !(Number.isInteger(block) && block > 0))
      throw new OperandoError('E_RANGE', `block is ${block}: a whole number of scans expected.`)
    const size = block ?? n
    return Array.from({ length: Math.ceil(n / size) }, (_, b) =>
      Array.from({ length: Math.min(size, n - b * size) }, (_, i) => b * size + i),
    )
  }
  if (!(width !== undefined && width > 0))
    throw new OperandoError('E_RANGE', `width is ${width}: the width of an interval of the state, above 0, expected.`)
  const branches = branch === undefined ? undefined : asFloat64(branch, 'branch', { length: n })
  const groups = new Map<string, number[]>()
  for (let s = 0; s < n; s++) {
    const key = `${branches?.[s] ?? 0} ${Math.floor(state[s]! / width)}`
    const group = groups.get(key)
    if (group) group.push(s)
    else groups.set(key, [s])
  }
  return [...groups.values()]
}
