import type { RealArray } from '../core/arrays.js'
import type { Instant } from '../core/instant.js'
import type { Issue } from '../core/issue.js'
import type { Unit } from '../core/unit.js'

/** An n-d array with named dims, a unit and, where known, an uncertainty. Row-major and contiguous. */
export interface Variable<Dim extends string = string> {
  /** Names of the axes, slowest first. */
  readonly dims: readonly Dim[]
  /** Lengths of the axes (of the data they describe: an `edges` variable has one value more along its dim). */
  readonly shape: readonly number[]
  /** The numbers, row-major; twice as many, re and im interleaved, when `complex`. Never written by the library. */
  readonly values: RealArray
  /** The unit of `values` and `sigma`. */
  readonly unit: Unit
  /** Standard uncertainty, as many as `values`. */
  readonly sigma?: Float32Array | Float64Array | undefined
  /** For coordinates: `values` are bin edges, n + 1 of them. */
  readonly edges?: boolean | undefined
  /** For people, without the unit: `Intensity`. */
  readonly label?: string | undefined
  /** `values` hold re, im pairs. */
  readonly complex?: boolean | undefined
}

/** JSON, and what describes an experiment. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** A file that something came from. */
export interface SourceFile {
  /** Name without folders. */
  readonly name: string
  /** SHA-256 of its bytes, hex, if it was computed. */
  readonly sha256?: string | undefined
}

/** What is known beside the numbers. */
export interface Meta {
  /** The sample. */
  readonly sample?: string | undefined
  /** The instrument. */
  readonly instrument?: string | undefined
  /** Photon energy in eV. */
  readonly energy?: number | undefined
  /** Wavelength in Å. */
  readonly wavelength?: number | undefined
  /** When the measurement began. */
  readonly start?: Instant | undefined
  /** The files it was read from. */
  readonly sources?: readonly SourceFile[] | undefined
  /** Whatever the file said besides, under its own names. */
  readonly extra?: { readonly [key: string]: Json | undefined } | undefined
}

/** One step of the history: what was done, by which version, with what. Written as NXprocess. */
export interface Step {
  /** The function. */
  readonly op: string
  /** Version of operando. */
  readonly version: string
  /** Its options. */
  readonly parameters: { readonly [key: string]: Json | undefined }
  /** Names of the other inputs, if any. */
  readonly inputs?: readonly string[] | undefined
}

/**
 * A labelled n-d array with units, uncertainty, coordinates and history: the one model that every technique reads and returns.
 * Plain data: it survives structuredClone and postMessage and has no methods. The shell is frozen; a function that changes it returns a new one.
 * The type parameter names the dims, so that a function for `Dataset<'frame' | 'q'>` does not take an image.
 */
export interface Dataset<Dim extends string = string> extends Variable<Dim> {
  /** A short name: `I`, `mu`. */
  readonly name: string
  /** The axis of each dim under the dim's own name, and further coordinates on the same dims: time, voltage, x on `frame`. */
  readonly coords: Readonly<Record<string, Variable>>
  /** 0 = good, same length as the values (one per complex pair). */
  readonly mask?: Uint8Array | undefined
  /** What is known beside the numbers. */
  readonly meta: Meta
  /** What was done to it, first step first. */
  readonly history: readonly Step[]
  /** What was doubtful on the way. */
  readonly warnings: readonly Issue[]
}
