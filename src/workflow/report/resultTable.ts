import { formatInstant } from '../../core/instant.js'
import type { Variable } from '../../model/dataset.js'
import type { DiffractionAnalysis } from '../diffraction/analyseDiffraction.js'

/** Coordinates of frames that belong into the table, in this order. */
const FRAME_COLUMNS = ['time', 'exposure', 'voltage', 'current', 'charge', 'x', 'cycle', 'halfCycle', 'coverage', 'echemFlags']

const withUnit = (name: string, symbol: string): string => (symbol === '' ? name : `${name}_${symbol.replaceAll('°', 'deg')}`)
const cell = (value: number): string => (Number.isNaN(value) ? '' : String(value))

/**
 * The results as a table in CSV: a row a frame; time, voltage, charge, then each trend with its standard uncertainty, then how each fit ended. A cell is
 * empty where there is no result. Lines that begin with # tell what it is.
 * @param analysis The analysis.
 * @example
 * ```ts
 * import { type DiffractionAnalysis, resultTable } from 'operando/workflow'
 * const rowsOf = (analysis: DiffractionAnalysis): string[] => resultTable(analysis).split('\n').filter(line => !line.startsWith('#'))
 * ```
 */
export function resultTable(analysis: DiffractionAnalysis): string {
  const { run, trends, phaseFit, lineFits, failed } = analysis
  const n = run.shape[0]!
  const columns: { head: string; at: (frame: number) => string }[] = [{ head: 'frame', at: i => String(i) }]
  for (const name of FRAME_COLUMNS) {
    const coord: Variable | undefined = run.coords[name]
    if (coord) columns.push({ head: withUnit(name, coord.unit.symbol), at: i => cell(coord.values[i]!) })
  }
  for (const [name, trend] of Object.entries(trends)) {
    columns.push({ head: withUnit(name, trend.unit.symbol), at: i => cell(trend.values[i]!) })
    columns.push({
      head: `sigma ${withUnit(name, trend.unit.symbol)}`,
      at: i => cell(Number.isNaN(trend.values[i]) ? Number.NaN : (trend.sigma?.[i] ?? Number.NaN)),
    })
  }
  const fits = [
    ...(phaseFit ? [{ name: 'phases', result: phaseFit.result }] : []),
    ...lineFits.map(({ lines, result }) => ({ name: lines.map(line => line.name).join('+'), result })),
  ]
  for (const { name, result } of fits) {
    columns.push({ head: `reducedChiSquare ${name}`, at: i => cell(result.quality.values[i]!) })
    columns.push({ head: `status ${name}`, at: i => result.status[i]! })
  }
  const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = [
    `# ${analysis.options.title ?? 'Operando diffraction'}`,
    ...(run.meta.start ? [`# time 0: ${formatInstant(run.meta.start)}`] : []),
    '# sigma: standard uncertainty. Empty: no result.',
    ...failed.map(({ frame, fit, reason }) => `# frame ${frame}, ${fit}: ${reason.replaceAll('\n', ' ')}`),
    columns.map(({ head }) => quoted(head)).join(','),
  ]
  for (let i = 0; i < n; i++) lines.push(columns.map(({ at }) => quoted(at(i))).join(','))
  return `${lines.join('\n')}\n`
}
