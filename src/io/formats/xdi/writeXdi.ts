import { convert } from '../../../core/convert.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import { formatInstant } from '../../../core/instant.js'
import { VERSION } from '../../../core/version.js'
import { assertDataset } from '../../../model/assertDataset.js'
import type { Dataset } from '../../../model/dataset.js'

/** Options of {@link writeXdi}. */
export interface WriteXdiOptions {
  /** Element, `Ni`. Default: `meta.extra.element`. */
  element?: string | undefined
  /** Edge, `K`. Default: `meta.extra.edge`. */
  edge?: string | undefined
  /** Spacing of the planes of the monochromator in Å. Default: `meta.extra.dSpacing`. */
  dSpacing?: number | undefined
  /** Lines for people, above the numbers. */
  comments?: readonly string[] | undefined
}

const OPTIONS: FieldsOf<WriteXdiOptions> = { element: true, edge: true, dSpacing: true, comments: true }

/**
 * Writes spectra that share their energies as an XDI file, which Athena, Larch and the standards libraries read: one column each, the frames of a series as `mu_1`, `mu_2` ...
 * Uncertainties become columns `sigma_...`. All digits are written. Masked points are refused, since XDI has no way to say that a number is missing.
 *
 * @param datasets One dataset with dims `energy` or `frame, energy`, or several on the same energies.
 * @param options  Element, edge, spacing, comments.
 * @throws OperandoError `E_SHAPE` for other dims, `E_AXIS` when the energies differ, `E_NAN` for points that are masked or no numbers.
 * @see B. Ravel et al., XAFS Data Interchange, version 1.0
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { writeXdi } from 'operando/io'
 * const mu = createDataset({
 *   name: 'mutrans',
 *   dims: ['energy'],
 *   values: [0.1, 0.9],
 *   unit: '',
 *   coords: { energy: { dims: ['energy'], values: [8330, 8350], unit: 'eV' } },
 * })
 * console.log(writeXdi(mu, { element: 'Ni', edge: 'K' }).split('\n')[1]) // # Column.1: energy eV
 * ```
 */
export function writeXdi(datasets: Dataset | readonly Dataset[], options: WriteXdiOptions = {}): string {
  const list = Array.isArray(datasets) ? (datasets as readonly Dataset[]) : [datasets as Dataset]
  assertKnown(options, 'writeXdi options', OPTIONS)
  const [first] = list
  if (!first) throw new OperandoError('E_ARGUMENT', 'writeXdi: at least one Dataset was expected, found none.')
  const energy = energiesOf(first)
  const columns: { name: string; values: ArrayLike<number> }[] = [{ name: 'energy eV', values: energy }]
  for (const dataset of list) {
    const own = energiesOf(dataset)
    const at = own.length === energy.length ? own.findIndex((e, i) => e !== energy[i]) : Math.min(own.length, energy.length)
    if (at >= 0)
      throw new OperandoError(
        'E_AXIS',
        `writeXdi: '${dataset.name}' and '${first.name}' do not share their energies: they part at index ${at}. Regrid them first.`,
      )
    columns.push(...columnsOf(dataset, energy.length))
  }
  const { meta } = first
  const known = (value: unknown): string | undefined =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  const fields: readonly (readonly [string, string | undefined])[] = [
    ...columns.map(({ name }, i) => [`Column.${i + 1}`, name] as const),
    ['Element.symbol', options.element ?? known(meta.extra?.element)],
    ['Element.edge', options.edge ?? known(meta.extra?.edge)],
    ['Mono.d_spacing', known(options.dSpacing ?? meta.extra?.dSpacing)],
    ['Sample.name', meta.sample],
    ['Beamline.name', meta.instrument],
    ['Scan.start_time', meta.start && formatInstant(meta.start)],
  ]
  const lines = [
    `# XDI/1.0 operando/${VERSION}`,
    ...fields.flatMap(([key, value]) => (value === undefined || value === '' ? [] : [`# ${key}: ${oneLine(value)}`])),
    ...(options.comments?.length ? ['# ///', ...options.comments.map(comment => `# ${oneLine(comment)}`)] : []),
    '# ---',
    `# ${columns.map(({ name }) => name.split(' ')[0]).join(' ')}`,
  ]
  for (let i = 0; i < energy.length; i++) lines.push(columns.map(({ values }) => values[i]).join(' '))
  return `${lines.join('\n')}\n`
}

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ')

function energiesOf(dataset: Dataset): Float64Array {
  assertDataset(dataset, 'writeXdi')
  const axis = dataset.coords.energy
  const series = dataset.dims.length === 2 && dataset.dims[1] === 'energy'
  if (!axis || axis.edges || dataset.complex || !(series || (dataset.dims.length === 1 && dataset.dims[0] === 'energy')))
    throw new OperandoError(
      'E_SHAPE',
      `writeXdi: '${dataset.name}' should have the dims energy, or frame and energy; found (${dataset.dims.join(', ')}).`,
    )
  return Float64Array.from(axis.values, e => convert(e, axis.unit, 'eV'))
}

/** The rows of a dataset, and their uncertainties. */
function columnsOf(dataset: Dataset, n: number): { name: string; values: ArrayLike<number> }[] {
  const rows = dataset.values.length / n
  const name = dataset.name.replace(/\s+/g, '_')
  return Array.from({ length: rows }, (_, row) => row).flatMap(row => {
    const label = rows === 1 ? name : `${name}_${row + 1}`
    const values = dataset.values.subarray(row * n, (row + 1) * n)
    const sigma = dataset.sigma?.subarray(row * n, (row + 1) * n)
    for (let i = 0; i < n; i++)
      if (dataset.mask?.[row * n + i] || !Number.isFinite(values[i]) || (sigma && !Number.isFinite(sigma[i])))
        throw new OperandoError('E_NAN', `writeXdi: '${label}' has no number at index ${i}. Cut the range, or interpolate.`, {
          details: { index: i },
        })
    return [{ name: label, values }, ...(sigma ? [{ name: `sigma_${label}`, values: sigma }] : [])]
  })
}
