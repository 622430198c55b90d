import type { ErrorCode } from '../core/errors.js'
import type { FieldsOf } from '../core/fields.js'
import type { Issue } from '../core/issue.js'
import type { LongTask } from '../core/progress.js'
import type { Structure } from '../model/crystal/index.js'
import type { Dataset, SourceFile } from '../model/dataset.js'
import type { Electrochemistry } from '../model/electrochemistry.js'
import type { ScatteringPath } from '../model/scatteringPath.js'
import type { CyclerQuantity } from './formats/cycler/quantities.js'
import type { PoniSettings } from './formats/poni/poniSettings.js'
import type { NumberArray } from './numberArray.js'

/** Size caps, so that a hostile or broken file cannot take the machine. All can be raised by the caller. */
export interface Limits {
  /** Bytes that a compressed file may expand to. Default 1 GiB. */
  readonly expandedBytes: number
  /** Factor by which it may grow, once it is beyond 16 MiB. Default 100. */
  readonly expansion: number
  /** Lines or bytes of header that a reader will search: default 1 MiB. */
  readonly headerBytes: number
}

/** The caps that hold when the caller gives none. */
export const DEFAULT_LIMITS: Limits = { expandedBytes: 2 ** 30, expansion: 100, headerBytes: 2 ** 20 }

/** Options of `open` and of every reader. Readers use what concerns them and leave the rest alone. */
export interface OpenOptions extends LongTask {
  /**
   * What to do with a file that is not quite right. Default false: throw. With true the whole part is returned, and what is wrong
   * stands in `warnings`. In neither case are numbers shifted, padded or sorted.
   */
  lenient?: boolean | undefined
  /** Id of the format, for files that sniffing does not recognise or takes for another. */
  format?: string | undefined
  /** Formats of your own, asked before operando's: see {@link Format}. */
  formats?: readonly Format[] | undefined
  /** Size caps; those not given keep their defaults. */
  limits?: Partial<Limits> | undefined
  /**
   * Names of the columns of a text table where the file does not say, or says wrong: `['q', 'I', 'sigma']`.
   * The first is the axis, `sigma` the uncertainty of the column before it.
   */
  columns?: readonly string[] | undefined
  /**
   * For cycler tables with labels that nobody knows: the label of the file by what it is, `{ time: 't/min', potential: 'U_cell', current: 'I_meas' }`.
   * Give the units with `units` where the labels do not tell them.
   */
  dictionary?: Readonly<Partial<Record<CyclerQuantity, string>>> | undefined
  /** Units by column name where the file does not say, or says wrong: `{ q: '1/nm' }`. */
  units?: Readonly<Record<string, string>> | undefined
  /**
   * Which of several blocks of numbers in a text file to read, from 0 (the table of a Gamry file, the test of an Arbin .res). Without it several different blocks are an
   * error.
   */
  block?: number | undefined
  /** Encoding of the text around the numbers, as `TextDecoder` names it, e.g. `windows-1251`. Default: UTF-8 if it is valid, else windows-1252. */
  encoding?: string | undefined
  /** Zone of time stamps that have none, `Europe/Paris` or `+02:00`. Default: they stay naive. */
  zone?: string | undefined
  /** Order of day and month in dates of cycler files such as 12/11/2020, where the file allows both. */
  dateOrder?: 'month-first' | 'day-first' | undefined
  /**
   * What a positive current of a cycler's text file means: `'oxidation'` at the working electrode (into the positive terminal, a charge), `'reduction'`, or
   * `'from-potential'` for a current without sign: each stretch of one current has the sign of the change of potential in it. Default: oxidation; a
   * current without sign takes it from the states of the rows if the file has them; doubts are told.
   */
  currentSign?: 'oxidation' | 'reduction' | 'from-potential' | undefined
  /** How 64-bit integers come out: `number` (default; refused beyond 2^53, where they would lose digits) or `bigint`. */
  int64?: 'number' | 'bigint' | undefined
  /** Whether to compute the SHA-256 of the bytes for `meta.sources`. Default true. */
  sha256?: boolean | undefined
}

/** Their names, for `assertKnown`. */
export const OPEN_FIELDS: FieldsOf<OpenOptions> = {
  lenient: true,
  format: true,
  formats: true,
  limits: true,
  columns: true,
  dictionary: true,
  units: true,
  block: true,
  encoding: true,
  zone: true,
  dateOrder: true,
  currentSign: true,
  int64: true,
  sha256: true,
  signal: true,
  onProgress: true,
}

/** A measured curve, image or series; a file with more than one keeps the rest in `others`. */
export interface OpenedDataset {
  /** Tells the kinds apart. */
  readonly kind: 'dataset'
  /** Id of the format that read it. */
  readonly format: string
  /** The first, or the one that the file calls its default. */
  readonly dataset: Dataset
  /** Further ones of the same file, in its order. */
  readonly others: readonly Dataset[]
  /** What was doubtful; the same list stands in the dataset. */
  readonly warnings: readonly Issue[]
}

/** The record of a potentiostat or cycler. */
export interface OpenedElectrochemistry {
  /** Tells the kinds apart. */
  readonly kind: 'electrochemistry'
  /** Id of the format that read it. */
  readonly format: string
  /** The record. */
  readonly electrochemistry: Electrochemistry
  /** What was doubtful; the same list stands in the record. */
  readonly warnings: readonly Issue[]
}

/** Bare arrays without axes or units: .npy has one, named `data`, .npz as many as it names. */
export interface OpenedArrays {
  /** Tells the kinds apart. */
  readonly kind: 'arrays'
  /** Id of the format that read it. */
  readonly format: string
  /** Arrays by name. */
  readonly arrays: Readonly<Record<string, NumberArray>>
  /** What was doubtful. */
  readonly warnings: readonly Issue[]
}

/** A crystal structure; a file with more than one keeps the rest in `others`. */
export interface OpenedStructure {
  /** Tells the kinds apart. */
  readonly kind: 'structure'
  /** Id of the format that read it. */
  readonly format: string
  /** The first of the file. */
  readonly structure: Structure
  /** Further ones, in its order. */
  readonly others: readonly Structure[]
  /** What was doubtful, of the whole file. */
  readonly warnings: readonly Issue[]
}

/** Where a detector stood. */
export interface OpenedGeometry {
  /** Tells the kinds apart. */
  readonly kind: 'geometry'
  /** Id of the format that read it. */
  readonly format: string
  /** What `createGeometry` of `operando/scattering` takes. */
  readonly geometry: PoniSettings
  /** What was doubtful. */
  readonly warnings: readonly Issue[]
}

/** A path of photoelectrons with its scattering amplitude, for EXAFS. */
export interface OpenedScatteringPath {
  /** Tells the kinds apart. */
  readonly kind: 'scattering-path'
  /** Id of the format that read it. */
  readonly format: string
  /** The path. */
  readonly path: ScatteringPath
  /** What was doubtful. */
  readonly warnings: readonly Issue[]
}

/** What a file turned out to be: tell apart by `kind`. */
export type Opened =
  | OpenedDataset
  | OpenedElectrochemistry
  | OpenedArrays
  | OpenedStructure
  | OpenedGeometry
  | OpenedScatteringPath

/** What a reader is told, and how it speaks back. */
export interface ReadContext {
  /** File name without folders. */
  readonly name: string
  /** The file, for `meta.sources`; `open` adds its SHA-256 there, which it works out meanwhile. */
  readonly source: SourceFile
  /** The caller's options. */
  readonly options: OpenOptions
  /** The caps that hold. */
  readonly limits: Limits
  /** The doubts so far, filled by `warn` and, in lenient mode, by `fault`. */
  readonly warnings: Issue[]
  /**
   * Notes a doubt that does not stop the work, in either mode.
   * @param code    `W_` and a word.
   * @param message What is doubtful and how to settle it.
   * @param place   Line, byte, column.
   */
  warn(code: `W_${string}`, message: string, place?: string): void
  /**
   * Something is wrong: throws in strict mode; notes a warning and returns in lenient mode, where the reader then keeps the whole part.
   * @param code    Error code.
   * @param message What was expected, what was found, the way out. The file's name and the place are put before it.
   * @param place   Line, byte, column.
   */
  fault(code: ErrorCode, message: string, place?: string): void
}

/**
 * A file format, as a plain object. To add one to the library: a file in `io/formats/` with such an object, one line in
 * `io/formats/index.ts`; to use one of your own: `open(input, { formats: [mine] })`.
 */
export interface Format {
  /** Short and stable: `biologic-mpr`. */
  readonly id: string
  /** For people: `BioLogic EC-Lab binary`. */
  readonly name: string
  /** Usual extensions, lower case, without the dot. */
  readonly extensions: readonly string[]
  /**
   * How sure the format is that the file is its own: 0 no, 1 certain (a signature). About 0.5 for "could well be".
   * @param head First bytes (up to 4096), unpacked if the file was gzipped.
   * @param name File name, lower case, without `.gz`.
   */
  sniff(head: Uint8Array, name: string): number
  /**
   * Reads the file.
   * @param bytes   All of it, unpacked. Never written.
   * @param context Name, options, and where doubts and faults go.
   */
  read(bytes: Uint8Array, context: ReadContext): Opened | Promise<Opened>
}
