import { assertKnown } from '../../core/fields.js'
import { checkApart, checkArray, checkLength, kindOf } from './checks.js'
import type { FftArray } from './core.js'
import { type ComplexEngine, createKernelEngine, createKernelReal2, createPlainEngine, createPlainReal2 } from './engine2.js'
import { FFT_FIELDS, type FftOptions } from './options.js'
import type { RealTransform } from './realTransform.js'
import { singleEngine, singleReal } from './single.js'

/**
 * A plan for 2-d transforms of one shape: tables and scratch are made once, a call allocates nothing but the `out` you leave away.
 * Row-major, complex values interleaved re, im; signs and scales as {@link createFft} has them (inverse divided by rows x columns).
 * A plan is not re-entrant: one a worker.
 */
export interface Fft2<A extends FftArray = Float64Array> {
  /** Rows. */
  readonly rows: number
  /** Columns. */
  readonly columns: number
  /**
   * Memory of the plan, 2 rows columns values. An image that is written here and transformed in place,
   * `plan.forward(plan.buffer, plan.buffer)`, is spared the copies to and from a kernel. Every other complex call overwrites it.
   * Copy it (`slice()`) before posting it to a worker: it is a part of a larger memory.
   */
  readonly buffer: A
  /**
   * Complex transform.
   * @param data 2 rows columns values.
   * @param out  Receives as many; made if absent; may be `data`.
   */
  forward(data: A, out?: A): A
  /**
   * Complex inverse, divided by rows x columns.
   * @param data 2 rows columns values.
   * @param out  Receives as many; made if absent; may be `data`.
   */
  inverse(data: A, out?: A): A
  /**
   * Transform of a real image: rows x (floor(columns/2) + 1) bins, as numpy's rfft2.
   * @param data rows columns values.
   * @param out  Receives 2 rows (floor(columns/2) + 1) values; made if absent.
   */
  realForward(data: A, out?: A): A
  /**
   * Inverse of {@link Fft2.realForward}, divided by rows x columns.
   * @param spectrum 2 rows (floor(columns/2) + 1) values.
   * @param out      Receives rows columns values; made if absent.
   */
  realInverse(spectrum: A, out?: A): A
}

/**
 * Plans 2-d transforms of an image, any shape.
 *
 * @param rows    Rows, >= 1.
 * @param columns Columns, >= 1.
 * @param options Kernels and precision.
 * @throws OperandoError `E_RANGE` when a length is no whole number >= 1; the plan's calls throw `E_SHAPE` on a wrong length, `E_ARGUMENT`
 *   on arrays that are not Float64Array (Float32Array in single precision) or overlap.
 * @example
 * ```ts
 * import { createFft2 } from 'operando/numeric'
 * const fft = createFft2(4, 6)
 * const spectrum = fft.realForward(new Float64Array(24).fill(1))
 * console.log(spectrum[0]) // 24
 * ```
 */
export function createFft2(rows: number, columns: number, options?: FftOptions & { precision?: 'double' | undefined }): Fft2
export function createFft2(rows: number, columns: number, options: FftOptions & { precision: 'single' }): Fft2<Float32Array>
export function createFft2(rows: number, columns: number, options: FftOptions = {}): Fft2 | Fft2<Float32Array> {
  assertKnown(options, 'createFft2 options', FFT_FIELDS)
  checkLength(rows, 'rows')
  checkLength(columns, 'columns')
  const { kernels, precision = 'double' } = options
  const real = (): RealTransform => (kernels && createKernelReal2(kernels, rows, columns)) ?? createPlainReal2(rows, columns)
  const kernelEngine = kernels && createKernelEngine(kernels, rows, columns, precision)
  if (precision === 'double') {
    const engine = (kernelEngine as ComplexEngine | undefined) ?? createPlainEngine(rows, columns)
    return plan(rows, columns, engine, length => new Float64Array(length), real)
  }
  const engine =
    (kernelEngine as ComplexEngine<Float32Array> | undefined) ??
    singleEngine(createPlainEngine(rows, columns), 2 * rows * columns)
  const bins = 2 * rows * (Math.floor(columns / 2) + 1)
  return plan(
    rows,
    columns,
    engine,
    length => new Float32Array(length),
    () => singleReal(real(), rows * columns, bins),
  )
}

/** Checks and defaults around an engine; buffer and real transform are made when they are first asked for. */
function plan<A extends FftArray>(
  rows: number,
  columns: number,
  engine: ComplexEngine<A>,
  make: (length: number) => A,
  makeReal: () => RealTransform<A>,
): Fft2<A> {
  const size = 2 * rows * columns
  const bins = 2 * rows * (Math.floor(columns / 2) + 1)
  const kind = kindOf(make(0))
  let buffer = engine.buffer
  let real: RealTransform<A> | undefined
  const check = (data: A, name: string, from: number, out: A, to: number): void => {
    checkArray(data, name, from, kind)
    checkArray(out, 'out', to, kind)
    checkApart(data, out)
  }
  const complex = (data: A, out: A, inverse: boolean): A => {
    check(data, 'data', size, out, size)
    engine.transform(data, out, inverse)
    return out
  }
  return {
    rows,
    columns,
    get buffer() {
      buffer ??= make(size)
      return buffer
    },
    forward: (data, out = make(size)) => complex(data, out, false),
    inverse: (data, out = make(size)) => complex(data, out, true),
    realForward(data, out = make(bins)) {
      check(data, 'data', rows * columns, out, bins)
      real ??= makeReal()
      real.forward(data, out)
      return out
    },
    realInverse(spectrum, out = make(rows * columns)) {
      check(spectrum, 'spectrum', bins, out, rows * columns)
      real ??= makeReal()
      real.inverse(spectrum, out)
      return out
    },
  }
}
