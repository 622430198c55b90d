import { OperandoError } from '../core/errors.js'
import { assertKnown } from '../core/fields.js'
import { throwIfAborted } from '../core/progress.js'
import type { Dataset } from '../model/dataset.js'
import type { Electrochemistry } from '../model/electrochemistry.js'
import { describeBytes } from './bytes/describe.js'
import { gunzip, isGzip } from './bytes/gunzip.js'
import { sha256 } from './bytes/sha256.js'
import { withHash } from './bytes/withHash.js'
import { createReadContext, fileError } from './context.js'
import { type Format, OPEN_FIELDS, type Opened, type OpenOptions } from './format.js'
import { FORMATS } from './formats/index.js'

/** Bytes with the name that they have as a file: extension and name help to recognise the format. */
export interface NamedBytes {
  /** File name; folders are dropped. */
  readonly name: string
  /** The bytes, gzipped or not. */
  readonly bytes: Uint8Array | ArrayBuffer
}

/** What `open` takes: bytes, a File or Blob of the browser, or bytes with a name. */
export type OpenInput = Uint8Array | ArrayBuffer | Blob | NamedBytes

const HEAD = 4096

/**
 * Opens a file of any format that operando knows, recognised by content and name; gzipped files are unpacked with their checks.
 *
 * @param input   Bytes, File, Blob, or `{ name, bytes }`. (`operando/io/node` opens paths too.)
 * @param options Strict (default) or lenient, format, limits, meaning of columns, signal.
 * @returns What it turned out to be, told apart by `kind`.
 * @throws OperandoError `E_FORMAT` for a file of no known format or not what it claims, `E_TRUNCATED`, `E_CHECKSUM`, `E_LIMIT`, `E_NAN`, `E_AXIS`,
 * `E_UNIT`, `E_UNSUPPORTED`, `E_ABORTED`; the message names the file and the place.
 * @example
 * ```ts
 * import { open } from 'operando/io'
 * const bytes = new TextEncoder().encode('# q_A^-1  I\n1.00 5\n1.01 7\n1.02 6\n')
 * const opened = await open({ name: 'frame_001.dat', bytes })
 * if (opened.kind === 'dataset') console.log(opened.dataset.dims, opened.dataset.values)
 * ```
 */
export async function open(input: OpenInput, options: OpenOptions = {}): Promise<Opened> {
  assertKnown(options, 'open options', OPEN_FIELDS)
  throwIfAborted(options.signal)
  const { name, bytes } = await toNamedBytes(input)
  // the hash is worked out on a thread of the platform while the file is read here
  const hashing = options.sha256 === false ? undefined : sha256(bytes)
  hashing?.catch(() => undefined)
  const context = createReadContext({ name }, options)
  const unpacked = isGzip(bytes) ? gunzip(bytes, name, context.limits) : bytes
  if (unpacked.length === 0) throw fileError('E_TRUNCATED', name, 'the file is empty.', 'byte 0')
  throwIfAborted(options.signal)
  const format = chooseFormat(unpacked, name, options)
  const opened = await format.read(unpacked, context)
  const hash = await hashing
  throwIfAborted(options.signal)
  return hash === undefined ? opened : withHash(opened, name, hash)
}

/**
 * As {@link open}, for files that hold a measured curve, image or series.
 * @param input   As for {@link open}.
 * @param options As for {@link open}.
 * @throws OperandoError `E_FORMAT` when the file holds something else, and as {@link open}.
 * @example
 * ```ts
 * import { openDataset } from 'operando/io'
 * const bytes = new TextEncoder().encode('# twoTheta_deg  I\n10.00 5\n10.01 7\n')
 * const pattern = await openDataset({ name: 'frame_001.xy', bytes })
 * console.log(pattern.dims, pattern.values)
 * ```
 */
export async function openDataset(input: OpenInput, options: OpenOptions = {}): Promise<Dataset> {
  assertKnown(options, 'openDataset options', OPEN_FIELDS)
  return expectDataset(await open(input, options), nameOf(input))
}

/**
 * As {@link open}, for files of a potentiostat or cycler.
 * @param input   As for {@link open}.
 * @param options As for {@link open}.
 * @throws OperandoError `E_FORMAT` when the file holds something else, and as {@link open}.
 * @example
 * ```ts
 * import { openElectrochemistry } from 'operando/io'
 * const text = 'EC-Lab ASCII FILE\r\nNb header lines : 3                          \r\ntime/s\tcontrol/mA\tEwe/V\t<I>/mA\t\r\n0\t0\t3.4\t0\t\r\n60\t1\t3.5\t1\t\r\n'
 * const echem = await openElectrochemistry({ name: 'cell.mpt', bytes: new TextEncoder().encode(text) })
 * console.log(echem.potential.values, echem.current.unit.symbol)
 * ```
 */
export async function openElectrochemistry(input: OpenInput, options: OpenOptions = {}): Promise<Electrochemistry> {
  assertKnown(options, 'openElectrochemistry options', OPEN_FIELDS)
  return expectElectrochemistry(await open(input, options), nameOf(input))
}

/** The dataset of what was opened, or an error that says what it was instead. */
export function expectDataset(opened: Opened, name: string): Dataset {
  if (opened.kind === 'dataset') return opened.dataset
  throw otherKind(opened, name, KINDS.dataset)
}

/** The electrochemistry of what was opened, or an error that says what it was instead. */
export function expectElectrochemistry(opened: Opened, name: string): Electrochemistry {
  if (opened.kind === 'electrochemistry') return opened.electrochemistry
  throw otherKind(opened, name, KINDS.electrochemistry)
}

/** What a file holds, for people. */
const KINDS: Readonly<Record<Opened['kind'], string>> = {
  dataset: 'a curve, image or series',
  electrochemistry: 'the record of a potentiostat or cycler',
  arrays: 'bare arrays',
  structure: 'a crystal structure',
  geometry: 'the geometry of a detector',
  'scattering-path': 'a scattering path',
}

function otherKind(opened: Opened, name: string, expected: string): OperandoError {
  return fileError(
    'E_FORMAT',
    name,
    `${expected} was expected, the file holds ${KINDS[opened.kind]} (format ${opened.format}). open() takes any kind; { format } says which it is.`,
  )
}

/** Finds the format by id or by sniffing; throws when none fits. */
function chooseFormat(bytes: Uint8Array, name: string, { format: id, formats = [] }: OpenOptions): Format {
  const all = [...formats, ...FORMATS]
  const ids = (): string => all.map(format => `${format.id} (${format.extensions.map(e => `.${e}`).join(' ')})`).join(', ')
  if (id !== undefined) {
    const found = all.find(format => format.id === id)
    if (found) return found
    throw new OperandoError('E_ARGUMENT', `format: '${id}' is not known. Known formats: ${ids()}.`, { details: { format: id } })
  }
  const head = bytes.subarray(0, HEAD)
  const plainName = name.toLowerCase().replace(/\.gz$/, '')
  let best: Format | undefined
  let confidence = 0
  for (const format of all) {
    const sure = format.sniff(head, plainName)
    if (sure > confidence) {
      best = format
      confidence = sure
    }
    if (sure === 1) break
  }
  if (best) return best
  throw fileError(
    'E_FORMAT',
    name,
    `no known format: found ${describeBytes(bytes)}. Known formats: ${ids()}. Pass { format } if it is one of them all the same.`,
  )
}

/** Name without folders of anything that `open` takes. */
export function nameOf(input: OpenInput): string {
  const name =
    typeof input === 'object' && input !== null && 'name' in input && typeof input.name === 'string' && input.name !== ''
      ? input.name
      : '(bytes)'
  return name.split(/[\\/]/).pop()!
}

/** Name and bytes of anything that `open` takes. */
export async function toNamedBytes(input: OpenInput): Promise<{ name: string; bytes: Uint8Array }> {
  const name = nameOf(input)
  if (input instanceof Uint8Array) return { name, bytes: input }
  if (input instanceof ArrayBuffer) return { name, bytes: new Uint8Array(input) }
  if (typeof Blob !== 'undefined' && input instanceof Blob) return { name, bytes: new Uint8Array(await input.arrayBuffer()) }
  if (typeof input === 'object' && input !== null && 'bytes' in input) {
    if (input.bytes instanceof Uint8Array) return { name, bytes: input.bytes }
    if (input.bytes instanceof ArrayBuffer) return { name, bytes: new Uint8Array(input.bytes) }
  }
  throw new OperandoError(
    'E_ARGUMENT',
    'open: bytes, a File, a Blob or { name, bytes } were expected. Paths are opened by operando/io/node.',
  )
}
