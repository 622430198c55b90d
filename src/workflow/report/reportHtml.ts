import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { formatInstant } from '../../core/instant.js'
import { VERSION } from '../../core/version.js'
import type { Figure } from '../../plot/figure.js'
import { pageParts } from '../../plot/page/pageParts.js'
import { known } from '../../scattering/bragg/mechanism/trend.js'
import type { DiffractionAnalysis } from '../diffraction/analyseDiffraction.js'
import { patternCorrelationFigure, trendCorrelationFigure } from './correlationFigures.js'
import { courseOf, findingsOf, timeText } from './findings.js'
import { lineFitFigure, phaseFitFigure, qualityFigure, shownFrames } from './fitFigures.js'
import { formatUncertain } from './formatUncertain.js'
import { overviewFigure } from './overviewFigure.js'
import { reportStyle } from './reportStyle.js'

/** Options of {@link reportHtml}. */
export interface ReportOptions {
  /** A remark that must not be overlooked, at the top: that the data are simulated, say. Default none. */
  notice?: string | undefined
  /** The configuration as it was given, to be shown. Default the options of the analysis. */
  config?: unknown
}

const OPTIONS: FieldsOf<ReportOptions> = { notice: true, config: true }

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const item = (text: string): string => `<li>${escapeText(text)}</li>`
const listOf = (texts: readonly string[], none: string, kind = ''): string =>
  texts.length > 0 ? `<ul${kind ? ` class="${kind}"` : ''}>${texts.map(item).join('')}</ul>` : `<p>${none}</p>`
const fragment = async (figure: Figure | undefined): Promise<string> => (figure ? figure.fragment() : '')
const captioned = (html: string, text: string): string => (html ? `${html}<p class="small">${escapeText(text)}</p>` : '')

/**
 * The report of an analysis as one HTML page that needs nothing else: findings, the operando figure, numbers, fits, clocks, correlations, what was
 * assumed, what failed, where everything came from.
 * @param analysis The analysis.
 * @param options  Notice, configuration.
 * @example
 * ```ts
 * import { type DiffractionAnalysis, reportHtml } from 'operando/workflow'
 * const pageOf = (analysis: DiffractionAnalysis): Promise<string> => reportHtml(analysis, { notice: 'Simulated data.' })
 * ```
 */
export async function reportHtml(analysis: DiffractionAnalysis, options: ReportOptions = {}): Promise<string> {
  assertKnown(options, 'reportHtml options', OPTIONS)
  const { style, script, policy } = await pageParts()
  const title = analysis.options.title ?? 'Operando diffraction'
  const sections = [
    `<h1>${escapeText(title)}</h1>`,
    `<p class="lead">${escapeText(leadOf(analysis))}</p>`,
    options.notice ? `<p class="notice">${escapeText(options.notice)}</p>` : '',
    listOf(findingsOf(analysis), 'Nothing was found in the patterns.', 'findings'),
    captioned(
      await fragment(overviewFigure(analysis)),
      'Frames at the middle of their exposures; bars are standard uncertainties; blank where there was no frame or no result. Drag to zoom, point to read.',
    ),
    '<h2>Results</h2>',
    resultsSection(analysis),
    '<h2>Two phases or a solid solution</h2>',
    mechanismSection(analysis),
    '<h2>Fits</h2>',
    await fitSection(analysis),
    '<h2>Clocks</h2>',
    clockSection(analysis),
    '<h2>Correlations</h2>',
    await correlationSection(analysis),
    '<h2>Assumed</h2>',
    listOf(analysis.assumptions, 'Nothing.'),
    '<h2>Warnings and failures</h2>',
    troubleSection(analysis),
    '<h2>Where it comes from</h2>',
    provenanceSection(analysis, options.config),
  ]
  return (
    `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">\n` +
    `<meta name="viewport" content="width=device-width">\n<title>${escapeText(title)}</title>\n<style>${reportStyle}${style}</style>\n</head>\n` +
    `<body>\n<main>\n${sections.filter(Boolean).join('\n')}\n</main>\n<script>${script}</script>\n</body>\n</html>\n`
  )
}

function leadOf({ run, options }: DiffractionAnalysis): string {
  const [frames, points] = run.shape as [number, number]
  const axis = run.coords.twoTheta!.values
  const parts = [
    run.meta.sample,
    `${frames} patterns of ${points} points, ${axis[0]!.toFixed(2)} to ${axis[points - 1]!.toFixed(2)}° 2θ at ${options.wavelength} Å`,
    run.meta.start ? `from ${formatInstant(run.meta.start)}` : undefined,
    `over ${timeText(run, frames - 1)}`,
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}

function resultsSection({ trends, run, warnings }: DiffractionAnalysis): string {
  const rows = Object.entries(trends)
    .filter(([name]) => /\.(a|b|c|d|alpha|beta|gamma|fraction|area|fwhm)$/.test(name) || name === 'zero')
    .flatMap(([name, trend]) => {
      const course = courseOf(trend)
      if (!course) return []
      const at = known(trend)
      const sigmas = at.map(i => trend.sigma?.[i] ?? Number.NaN).sort((a, b) => a - b)
      const cells = [
        name,
        trend.unit.symbol,
        ...course.texts,
        timeText(run, course.frames[1]),
        sigmas[sigmas.length >> 1]!.toPrecision(2),
        `${at.length}`,
      ]
      return [`<tr>${cells.map((text, i) => `<td${i > 1 ? ' class="number"' : ''}>${escapeText(text)}</td>`).join('')}</tr>`]
    })
  const all = warnings.some(({ code }) => code === 'W_NO_NEXUS') ? 'results.csv' : 'results.csv and results.nxs'
  const head = ['', 'unit', 'first', 'farthest', 'last', 'farthest at', 'median σ', 'frames']
  return (
    `<table><thead><tr>${head.map((text, i) => `<th${i > 1 ? ' class="number"' : ''}>${text}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>` +
    `<p class="small">Standard uncertainties of the last digits in brackets. “Farthest”: the frame in which the value is farthest from the first. All frames: ${all}.</p>`
  )
}

function mechanismSection({ mechanisms }: DiffractionAnalysis): string {
  if (mechanisms.length === 0) return '<p>There is nothing to tell it from.</p>'
  return mechanisms
    .map(
      ({ subject, verdict, evidence }) =>
        `<h3>${escapeText(subject)}: <span class="verdict">${escapeText(verdict)}</span></h3>${listOf(evidence, '')}`,
    )
    .join('\n')
}

async function fitSection(analysis: DiffractionAnalysis): Promise<string> {
  const parts: string[] = []
  const { phaseFit, lineFits } = analysis
  const tell = (status: readonly string[]): string => {
    const count = (what: string): number => status.filter(s => s === what).length
    return `${count('good')} frames fitted at the first try, ${count('restarted')} after a restart, ${count('failed')} not at all.`
  }
  if (phaseFit) parts.push(`<p>Phases: ${tell(phaseFit.result.status)}</p>`)
  for (const { lines, result } of lineFits)
    parts.push(`<p>Line ${escapeText(lines.map(l => l.name).join(', '))}: ${tell(result.status)}</p>`)
  parts.push(
    captioned(
      await fragment(qualityFigure(analysis)),
      'Reduced χ² along the frames: 1 where the model explains all but the noise.',
    ),
  )
  const frames = shownFrames(analysis)
  for (const frame of frames) {
    const figure = phaseFitFigure(analysis, frame)
    const quality = phaseFit?.result.quality.values[frame]
    if (figure)
      parts.push(
        `<h3>Frame ${frame}, ${timeText(analysis.run, frame)}: reduced χ² ${quality!.toFixed(2)}</h3>${await fragment(figure)}`,
      )
  }
  if (lineFits.length > 0) {
    const shown = await Promise.all(
      lineFits.slice(0, 4).flatMap((_, g) => frames.slice(0, 2).map(frame => fragment(lineFitFigure(analysis, g, frame)))),
    )
    parts.push(`<div class="row">${shown.join('')}</div>`)
  }
  return parts.join('\n')
}

function clockSection({ clock, electrochemistry }: DiffractionAnalysis): string {
  if (!electrochemistry) return '<p>There was no record of the potentiostat: trends are over time only.</p>'
  if (!clock) return '<p>Nothing relates the clocks: see the warnings. The trends stand over time alone.</p>'
  const { relation, source, wallOffset, estimates } = clock
  const by = { given: 'as given', wall: 'by the wall clocks', 'turning-points': 'by turning points of the structure' }[source]
  const lines = [
    `<p>Seconds of the run = <b>${formatUncertain(relation.offset, relation.sigma)}</b> + ${relation.rate} × seconds of the record, ${by}${relation.sigma === null ? '; nothing tells how uncertain that is' : ''}.</p>`,
  ]
  if (wallOffset !== null) {
    const off = relation.offset - wallOffset
    lines.push(
      `<p>The wall clocks say ${wallOffset.toFixed(0).replace('-', '−')} s${source === 'turning-points' ? `: the potentiostat's clock is ${(Math.abs(off) / 60).toFixed(1)} min ${off > 0 ? 'behind' : 'ahead'}` : ''}.</p>`,
    )
  }
  if (estimates.length > 0) {
    const rows = estimates.map(
      ({ trend, estimate }) =>
        `<tr><td>${escapeText(trend)}</td><td class="number">${formatUncertain(estimate.offset, estimate.sigma)}</td><td class="number">${estimate.pairs.length}</td><td class="number">${estimate.unmatched.length}</td><td>${estimate.polarity > 0 ? 'rises' : 'falls'} on oxidation</td></tr>`,
    )
    lines.push(
      `<table><thead><tr><th>turning points of</th><th class="number">offset (s)</th><th class="number">matched</th><th class="number">unexplained</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
      '<p class="small">Turning points of a structural trend against reversals of the current. The uncertainty covers the interval of frames and the rest at the turn, not a lag of the structure behind the charge.</p>',
    )
  }
  return lines.join('\n')
}

async function correlationSection(analysis: DiffractionAnalysis): Promise<string> {
  const [patterns, trends] = await Promise.all([
    fragment(patternCorrelationFigure(analysis)),
    fragment(trendCorrelationFigure(analysis)),
  ])
  return (
    `<div class="row"><div>${captioned(patterns, 'Every pattern with every other (Pearson), background included. Blocks are states that stay, gradients are reactions.')}</div>` +
    `<div>${captioned(trends, 'Trends with each other over the frames where both are known.')}</div></div>`
  )
}

function troubleSection({ warnings, failed }: DiffractionAnalysis): string {
  const grouped = new Map<string, number>()
  for (const { code, message } of warnings) grouped.set(`${code}: ${message}`, (grouped.get(`${code}: ${message}`) ?? 0) + 1)
  const texts = [...grouped].map(([text, count]) => (count > 1 ? `${text} (${count} times)` : text))
  const failures = failed.map(({ frame, fit, reason }) => `Frame ${frame}, fit of ${fit}: ${reason}`)
  const shown = failures.length > 12 ? [...failures.slice(0, 12), `and ${failures.length - 12} more, see results.csv`] : failures
  return `${listOf(texts, 'No warnings.')}${listOf(shown, 'No fit failed.')}`
}

function provenanceSection({ run, electrochemistry, options }: DiffractionAnalysis, config: unknown): string {
  const sources = [...(run.meta.sources ?? []), ...(electrochemistry?.meta.sources ?? [])]
  const rows = sources.map(
    ({ name, sha256 }) => `<tr><td>${escapeText(name)}</td><td><code>${sha256 ?? 'not computed'}</code></td></tr>`,
  )
  const history = run.history.map(step => `${step.op} ${JSON.stringify(step.parameters)} (operando ${step.version})`)
  return (
    `<p>operando ${VERSION}.</p>` +
    `<details><summary>${sources.length} source files with SHA-256</summary><table><tbody>${rows.join('')}</tbody></table></details>` +
    `<details><summary>History of the patterns: ${history.length} steps</summary>${listOf(history, '')}</details>` +
    `<details><summary>Configuration</summary><pre>${escapeText(configText(config ?? options))}</pre></details>`
  )
}

/** A configuration as JSON; what is long or no data is told in a word. */
function configText(config: unknown): string {
  const short = (key: string, value: unknown): unknown => {
    if (typeof value === 'function') return undefined
    if (typeof AbortSignal !== 'undefined' && value instanceof AbortSignal) return undefined
    if (ArrayBuffer.isView(value)) return `(${(value as Uint8Array).length} numbers)`
    if (key === 'reflections' && Array.isArray(value)) return `(${value.length} reflections)`
    if (Array.isArray(value) && value.length > 40) return `(${value.length} values)`
    if (typeof value === 'object' && value !== null && 'dims' in value && 'values' in value) return '(a Dataset)'
    if (typeof value === 'object' && value !== null && 'potential' in value && 'segments' in value) return '(an Electrochemistry)'
    return value
  }
  return JSON.stringify(config, short, 2) ?? ''
}
