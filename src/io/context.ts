import { type ErrorCode, OperandoError } from '../core/errors.js'
import { assertKnown } from '../core/fields.js'
import type { Issue } from '../core/issue.js'
import type { SourceFile } from '../model/dataset.js'
import { DEFAULT_LIMITS, OPEN_FIELDS, type OpenOptions, type ReadContext } from './format.js'

/**
 * The context of one reading: readers may be called without `open` by making one.
 * @param source  The file.
 * @param options The caller's options.
 * @example
 * ```ts
 * import { createReadContext } from 'operando/io'
 * const context = createReadContext({ name: 'scan.dat' }, { lenient: true })
 * context.fault('E_NAN', 'a number was expected, found "---".', 'line 12')
 * context.warnings[0]!.place // 'line 12'
 * ```
 */
export function createReadContext(source: SourceFile, options: OpenOptions = {}): ReadContext {
  assertKnown(options, 'createReadContext options', OPEN_FIELDS)
  const warnings: Issue[] = []
  const issue = (code: Issue['code'], message: string, place?: string): Issue => ({
    code,
    message,
    file: source.name,
    ...(place === undefined ? {} : { place }),
  })
  return {
    name: source.name,
    source,
    options,
    limits: { ...DEFAULT_LIMITS, ...dropUndefined(options.limits ?? {}) },
    warnings,
    warn(code: `W_${string}`, message: string, place?: string): void {
      warnings.push(issue(code, message, place))
    },
    fault(code: ErrorCode, message: string, place?: string): void {
      if (options.lenient) warnings.push(issue(code, message, place))
      else throw fileError(code, source.name, message, place)
    },
  }
}

/**
 * An error that names file and place; for what no mode can pass over.
 * @param code    Error code.
 * @param file    File name.
 * @param message Expected, found, way out.
 * @param place   Line, byte, column.
 */
export function fileError(code: ErrorCode, file: string, message: string, place?: string): OperandoError {
  return new OperandoError(code, `${file}${place ? ` ${place}` : ''}: ${message}`, {
    details: place ? { file, place } : { file },
  })
}

function dropUndefined<T extends object>(x: T): Partial<T> {
  return Object.fromEntries(Object.entries(x).filter(([, value]) => value !== undefined)) as Partial<T>
}
