import { OperandoError } from '../core/errors.js'
import { assertFields, assertKnown } from '../core/fields.js'
import type { Issue } from '../core/issue.js'

/** Options under the names they have here, and what had to be translated. */
export interface TranslatedOptions<T> {
  /** The options. */
  readonly options: T
  /** One hint for each name of another program: `W_FOREIGN_NAME`. */
  readonly hints: readonly Issue[]
}

/**
 * The door of options that people know by the names of other programs: those are taken, with a hint; names that nobody knows are refused.
 * @param given   What the caller passed.
 * @param what    What it is, for messages.
 * @param known   The names there are here.
 * @param foreign Names of Larch, Athena and Artemis, each with its name here.
 * @throws OperandoError `E_ARGUMENT` for unknown names, or an option that is given under two names with two values.
 */
export function translateOptions<T extends object>(
  given: T,
  what: string,
  known: Readonly<Record<string, true>>,
  foreign: Readonly<Record<string, string>>,
): TranslatedOptions<T> {
  assertFields(given, what, [])
  const names = Object.keys(given).filter(name => !Object.hasOwn(known, name) && Object.hasOwn(foreign, name))
  if (names.length === 0) {
    assertKnown(given, what, known)
    return { options: given, hints: [] }
  }
  const own = { ...given } as Record<string, unknown>
  const hints: Issue[] = []
  for (const name of names) {
    const value = own[name]
    const here = foreign[name]!
    delete own[name]
    if (value === undefined || value === null) continue
    if (own[here] !== undefined && own[here] !== value) {
      throw new OperandoError(
        'E_ARGUMENT',
        `${what}: ${name} is ${here} here, and ${here} is given as well. Leave ${name} away.`,
        {
          details: { name: what, found: name, expected: here },
        },
      )
    }
    own[here] = value
    hints.push({ code: 'W_FOREIGN_NAME', message: `${what}: "${name}" was taken as ${here}, its name here.` })
  }
  assertKnown(own, what, known)
  return { options: own as T, hints }
}
