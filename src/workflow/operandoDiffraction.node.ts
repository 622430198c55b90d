import { isOperandoError } from '../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../core/fields.js'
import type { Issue } from '../core/issue.js'
import { type LongTask, throwIfAborted } from '../core/progress.js'
import type { OpenOptions } from '../io/format.js'
import { writeNexus } from '../io/formats/nexus/write.js'
import { openElectrochemistry } from '../io/open.node.js'
import { type NodeOpenSeriesOptions, openSeries } from '../io/series/openSeries.node.js'
import type { Dataset } from '../model/dataset.js'
import type { Electrochemistry } from '../model/electrochemistry.js'
import { joinElectrochemistry } from '../model/joinElectrochemistry.js'
import { analyseDiffraction, type DiffractionAnalysis } from './diffraction/analyseDiffraction.js'
import { DIFFRACTION_FIELDS, type DiffractionOptions } from './diffraction/config.js'
import { overviewFigure } from './report/overviewFigure.js'
import { openReportFolder, type ReportFolder } from './report/reportFolder.node.js'
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
  /** Options of reading the patterns: columns, units, lenient, grid, start of the first frame ... */
  open?: Omit<NodeOpenSeriesOptions, 'signal' | 'onProgress' | 'zone' | 'match'> | undefined
  /** Options of reading the record of the potentiostat: sign of its current, order of day and month, columns ... */
  openElectrochemistry?: Omit<OpenOptions, 'signal' | 'onProgress' | 'zone'> | undefined
  /**
   * Folder for the report, made if it is not there. Its files are put in place when all of them are whole; nothing stays of a report that was aborted or failed.
   * Default: nothing is written.
   */
  output?: string | URL | undefined
  /** Whether a report that stands in `output` is replaced. Default false: it is refused, before the work begins. */
  overwrite?: boolean | undefined
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
  /** Patterns, trends, record; `null`, with a warning, where h5wasm is not installed. */
  readonly nexus: string | null
  /** The overview as a picture. */
  readonly svg: string
}

/** What {@link operandoDiffraction} returns. */
export interface OperandoDiffractionResult extends DiffractionAnalysis {
  /** Where the report stands; `undefined` if none was asked for. */
  readonly files: ReportFiles | undefined
}

const FIELDS: FieldsOf<OperandoDiffractionConfig> = {
  ...DIFFRACTION_FIELDS,
  patterns: true,
  match: true,
  electrochemistry: true,
  open: true,
  openElectrochemistry: true,
  output: true,
  overwrite: true,
  notice: true,
}

/**
 * An operando diffraction experiment from raw files to report: reads patterns and potentiostat, fits phases and lines along the frames, puts all on one clock,
 * tells two-phase reactions from solid solutions, and writes an HTML report, a NeXus file and a CSV table.
 *
 * @param config Where the data are, what to look for, where the report goes.
 * @throws OperandoError what reading throws (`E_MISSING`, `E_FORMAT` ...), what {@link analyseDiffraction} throws, `E_IO` when the report cannot be written or one
 *   stands there already, `E_ABORTED`.
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
  assertKnown(config, 'operandoDiffraction', FIELDS)
  assertFields(config, 'operandoDiffraction', ['patterns'])
  const { onProgress, signal, output, overwrite = false } = config
  throwIfAborted(signal)
  const folder = output === undefined ? undefined : await openReportFolder(output, overwrite)
  const stage = (name: 'reading' | 'fitting' | 'writing'): LongTask => ({
    signal,
    onProgress: onProgress && ((done, total) => onProgress(name, done, total)),
  })
  try {
    const patterns = await readPatterns(config, stage('reading'))
    const echem = await readElectrochemistry(config)
    const names = Object.keys(DIFFRACTION_FIELDS) as (keyof DiffractionOptions)[]
    const options: DiffractionOptions = Object.fromEntries(names.map(name => [name, config[name]]))
    const analysis = await analyseDiffraction(patterns, echem, { ...options, ...stage('fitting') })
    if (!folder) return { ...analysis, files: undefined }
    return await writeReport(analysis, folder, config, stage('writing'))
  } finally {
    await folder?.discard()
  }
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
  openElectrochemistry: options,
  zone,
  signal,
}: OperandoDiffractionConfig): Promise<Electrochemistry | undefined> {
  if (electrochemistry === undefined) return undefined
  if (typeof electrochemistry === 'object' && 'potential' in electrochemistry) return electrochemistry
  const paths = Array.isArray(electrochemistry) ? (electrochemistry as readonly string[]) : [electrochemistry as string | URL]
  const records = await Promise.all(paths.map(path => openElectrochemistry(path, { ...options, zone, signal })))
  return records.length === 1 ? records[0] : joinElectrochemistry(records)
}

async function writeReport(
  found: DiffractionAnalysis,
  folder: ReportFolder,
  config: OperandoDiffractionConfig,
  task: LongTask,
): Promise<OperandoDiffractionResult> {
  const tell = (done: number): void => {
    throwIfAborted(task.signal)
    task.onProgress?.(done, 4)
  }
  // first, since the report must say that it is missing
  const nexus = await nexusBytes(found)
  const analysis = nexus instanceof Uint8Array ? found : { ...found, warnings: [...found.warnings, nexus] }
  if (nexus instanceof Uint8Array) await folder.write('nexus', nexus)
  tell(1)
  await folder.write('csv', resultTable(analysis))
  tell(2)
  await folder.write('svg', overviewFigure(analysis).svg)
  tell(3)
  await folder.write('html', await reportHtml(analysis, { notice: config.notice, config }))
  throwIfAborted(task.signal)
  const { html, csv, svg, nexus: nxs } = await folder.finish()
  task.onProgress?.(4, 4)
  return { ...analysis, files: { html: html!, csv: csv!, nexus: nxs ?? null, svg: svg! } }
}

/** The NeXus file; a warning where its optional peer is not installed. */
async function nexusBytes(analysis: DiffractionAnalysis): Promise<Uint8Array | Issue> {
  try {
    return await writeNexus(resultContent(analysis), { title: analysis.options.title })
  } catch (error) {
    if (!isOperandoError(error, 'E_DEPENDENCY')) throw error
    return { code: 'W_NO_NEXUS', message: `No NeXus file was written, the rest of the report is whole. ${error.message}` }
  }
}
