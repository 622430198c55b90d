import { assertFields, assertKnown, type FieldsOf } from '../core/fields.js'
import type { FitParameter, FitResult } from './fitResult.js'

/** Options of {@link formatFit}. */
export interface FormatFitOptions {
  /** Smallest magnitude of a correlation that is printed. Default 0.1. */
  readonly smallestCorrelation?: number | undefined
}

const OPTIONS: FieldsOf<FormatFitOptions> = { smallestCorrelation: true }

/** Seven digits or so, without trailing zeros. */
function digits(x: number): string {
  if (!Number.isFinite(x)) return String(x)
  return String(Number(x.toPrecision(7)))
}

function describe(p: FitParameter): string {
  const value = digits(p.value)
  const percent = p.value === 0 ? '' : ` (${Math.abs((100 * (p.standardError ?? 0)) / p.value).toFixed(2)}%)`
  const error = p.standardError === null ? '' : ` +/- ${digits(Number(p.standardError.toPrecision(3)))}${percent}`
  if (p.tie !== undefined) return `${value}${error} == '${p.tie}'`
  if (!p.varied) return `${value} (fixed)`
  const bound = p.atBound ? `, at its ${p.atBound}` : ''
  return `${value}${error || ' (no error)'} (init = ${digits(p.initial)}${bound})`
}

/**
 * A fit as text, as lmfit prints it: statistics, value +/- error (percent) and initial value of each parameter, correlations.
 *
 * @param fit     Any fit.
 * @param options Which correlations.
 * @see lmfit.fit_report
 * @example
 * ```ts
 * import { fitCurve, formatFit } from 'operando/numeric'
 * const fit = fitCurve([0, 1, 2, 3], [1, 2.9, 5.1, 7], (x, p) => p.a + p.b * x, { a: 0, b: 1 })
 * console.log(formatFit(fit))
 * ```
 */
export function formatFit(fit: FitResult, options: FormatFitOptions = {}): string {
  assertKnown(options, 'formatFit options', OPTIONS)
  const { smallestCorrelation = 0.1 } = options
  assertFields(fit, 'formatFit: a fit', ['parameters', 'varied'])
  const parameters = Object.values(fit.parameters)
  const width = Math.max(0, ...parameters.map(p => p.name.length))
  const lines = [
    '[[Fit Statistics]]',
    `    # data points      = ${fit.points}`,
    `    # variables        = ${fit.varied.length}`,
    `    # function evals   = ${fit.evaluations}`,
    `    chi-square         = ${digits(fit.chiSquare)}`,
    `    reduced chi-square = ${digits(fit.reducedChiSquare)}`,
    ...(fit.rFactor === undefined ? [] : [`    R factor           = ${digits(fit.rFactor)}`]),
    `    errors             = ${fit.scaledErrors ? 'scaled by the scatter' : 'as sigma has them'}`,
    `    ${fit.converged ? 'converged' : 'NOT CONVERGED'}: ${fit.message.replace(/^(Not c|C)onverged: /, '')}`,
    '[[Variables]]',
    ...parameters.map(p => `    ${`${p.name}:`.padEnd(width + 2)}${describe(p)}`),
  ]
  const pairs = parameters
    .flatMap((p, i) => Object.entries(p.correlations).map(([other, r]) => ({ i, name: p.name, other, r })))
    .filter(({ i, other, r }) => parameters.findIndex(q => q.name === other) > i && Math.abs(r) >= smallestCorrelation)
    .sort((a, b) => Math.abs(b.r) - Math.abs(a.r))
  if (pairs.length > 0) {
    lines.push(`[[Correlations]] (unreported correlations are < ${smallestCorrelation.toFixed(3)})`)
    for (const { name, other, r } of pairs) lines.push(`    C(${name}, ${other}) = ${r < 0 ? '-' : '+'}${Math.abs(r).toFixed(4)}`)
  }
  return lines.join('\n')
}
