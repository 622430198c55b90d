import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isOperandoError, OperandoError } from '../core/errors.js'
import type { LongTask } from '../core/progress.js'
import type { OpenOptions } from '../io/format.js'
import { writeNexus } from '../io/formats/nexus/write.js'
import { openElectrochemistry } from '../io/open.node.js'
import { openSeries } from '../io/series/openSeries.node.js'
import type { Dataset } from '../model/dataset.js'
import type { Electrochemistry } from '../model/electrochemistry.js'
import { joinElectrochemistry } from '../model/joinElectrochemistry.js'
import { analyseDiffraction, type DiffractionAnalysis } from './diffraction/analyseDiffraction.js'
import type { DiffractionOptions } from './diffraction/config.js'
import { overviewFigure } from './report/overviewFigure.js'
import { reportHtml } from './report/reportHtml.js'
import { resultContent } from './report/resultContent.js'
import { resultTable } from './report/resultTable.js'

/** What {@link operandoDiffraction} takes: where the data are, where the report goes, and all of `DiffractionOptions`. */
export interface OperandoDiffractionConfig extends Omit<DiffractionOptions, 'onProgress'> {
  /** The patterns: a folder, a list of files in order, or a Dataset with dims `frame` and `twoTheta` (or `q`, `d`). */
  patterns: string | URL | readonly string[] | Dataset
  /** Which files of a folder, e.g. `'*.xy'`. Default: the extension that most have. */
  match?: string | undefined
  /** The record of the potentiostat: a file, several that continue each other, or the record itself. Default none. */
  electrochemistry?: string | URL | readonly string[] | Electrochemistry | undefined
  /** Options of reading: columns, units, lenient ... */
  open?: Omit<OpenOptions, 'signal' | 'onProgress' | 'zone'> | undefined
  /** Folder for the report, made if it is not there. Default: nothing is written. */
  output?: string | undefined
  /** A remark at the top of the report. Default none. */
  notice?: string | undefined
  /**
   * Told how far the work is.
   * @param stage What is being done: `reading`, `fitting`, `writing`.
   * @param done  Files, fits or steps done.
   * @param total How many there are.
   */
  onProgress?: ((stage: 'reading' | 'fitting' | 'writing', done: number, total: number) => void) | undefined
}

/** Paths of what was written. */
export interface ReportFiles {
  /** The report. */
  readonly html: string
  /** The table of all frames. */
  readonly csv: string
  /** Patterns, trends, record; `null` where h5wasm is not installed. */
  readonly nexus: string | null
  /** The overview as a picture. */
  readonly svg: string
}

/** What {@link operandoDiffraction} returns. */
export interface OperandoDiffractionResult extends DiffractionAnalysis {
  /** Where the report stands; `undefined` if none was asked for. */
  readonly files: ReportFiles | undefined
}

/**
 * An operando diffraction experiment from raw files to report: reads patterns and potentiostat, fits phases and lines along the frames, puts all on one clock,
 * tells two-phase reactions from solid solutions, and writes an HTML report, a NeXus file and a CSV table.
 *
 * @param config Where the data are, what to look for, where the report goes.
 * @throws OperandoError what reading throws (`E_MISSING`, `E_FORMAT` ...), what {@link analyseDiffraction} throws, `E_IO` when the report cannot be written, `E_ABORTED`.
 * @example
 * ```ts
 * import { mkdir, writeFile } from 'node:fs/promises'
 * import { gaussian } from 'operando/scattering'
 * import { operandoDiffraction } from 'operando/workflow/node'
 * await mkdir('patterns', { recursive: true })
 * const twoTheta = Float64Array.from({ length: 400 }, (_, i) => 18 + 0.01 * i)
 * for (const [i, centre] of [19, 19.05, 19.1].entries()) {
 *   const y = gaussian(twoTheta, { centre, fwhm: 0.15, area: 300 })
 *   await writeFile(`patterns/scan_${i}.xy`, Array.from(y, (v, k) => `${twoTheta[k]} ${Math.round(v + 50 + (k % 5))}`).join('\n'))
 * }
 * const { trends } = await operandoDiffraction({
 *   patterns: 'patterns',
 *   open: { columns: ['twoTheta', 'I'] },
 *   interval: 60,
 *   exposure: 60,
 *   wavelength: 0.7093,
 *   lines: [{ name: 'line', range: [18.5, 19.6] }],
 * })
 * console.log(trends['line.d']!.values)
 * ```
 */
export async function operandoDiffraction(config: OperandoDiffractionConfig): Promise<OperandoDiffractionResult> {
  const { onProgress, signal } = config
  const stage = (name: 'reading' | 'fitting' | 'writing'): LongTask => ({
    signal,
    onProgress: onProgress && ((done, total) => onProgress(name, done, total)),
  })
  const patterns = await readPatterns(config, stage('reading'))
  const echem = await readElectrochemistry(config)
  const { onProgress: _, ...rest } = config
  const options: DiffractionOptions = { ...rest, ...stage('fitting') }
  const analysis = await analyseDiffraction(patterns, echem, options)
  const files = config.output === undefined ? undefined : await writeReport(analysis, config.output, config, stage('writing'))
  return { ...analysis, files }
}

async function readPatterns(
  { patterns, match, open: options, zone }: OperandoDiffractionConfig,
  task: LongTask,
): Promise<Dataset> {
  if (typeof patterns === 'object' && 'dims' in patterns) return patterns
  return openSeries(patterns, { ...options, zone, match, ...task })
}

async function readElectrochemistry({
  electrochemistry,
  zone,
  signal,
}: OperandoDiffractionConfig): Promise<Electrochemistry | undefined> {
  if (electrochemistry === undefined) return undefined
  if (typeof electrochemistry === 'object' && 'potential' in electrochemistry) return electrochemistry
  const paths = Array.isArray(electrochemistry) ? (electrochemistry as readonly string[]) : [electrochemistry as string | URL]
  const records = await Promise.all(paths.map(path => openElectrochemistry(path, { zone, signal })))
  return records.length === 1 ? records[0] : joinElectrochemistry(records)
}

async function writeReport(
  analysis: DiffractionAnalysis,
  folder: string,
  config: OperandoDiffractionConfig,
  task: LongTask,
): Promise<ReportFiles> {
  const path = (name: string): string => join(folder, name)
  const tell = (done: number): void => task.onProgress?.(done, 4)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(path('results.csv'), resultTable(analysis))
    tell(1)
    await writeFile(path('overview.svg'), overviewFigure(analysis).svg)
    tell(2)
    const nexus = await nexusBytes(analysis)
    if (nexus) await writeFile(path('results.nxs'), nexus)
    tell(3)
    await writeFile(path('report.html'), await reportHtml(analysis, { notice: config.notice, config }))
    tell(4)
    return {
      html: path('report.html'),
      csv: path('results.csv'),
      nexus: nexus ? path('results.nxs') : null,
      svg: path('overview.svg'),
    }
  } catch (cause) {
    if (isOperandoError(cause)) throw cause
    throw new OperandoError('E_IO', `The report cannot be written to ${folder}: ${(cause as Error).message}`, { cause })
  }
}

/** The NeXus file; none where its optional peer is not installed. */
async function nexusBytes(analysis: DiffractionAnalysis): Promise<Uint8Array | undefined> {
  try {
    return await writeNexus(resultContent(analysis), { title: analysis.options.title })
  } catch (error) {
    if (isOperandoError(error, 'E_DEPENDENCY')) return undefined
    throw error
  }
}
