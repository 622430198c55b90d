import { readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }

/** A public verb and the place of its options, read out of the source: verbs to come are swept as well. */
interface Verb {
  readonly room: string
  readonly name: string
  readonly place: number
  /** Its own text: where other arguments are looked at first, it must name the door of its options, or hand them to a function that does. */
  readonly text: string
}

const root = resolve(import.meta.dirname, '../..')
const entries = Object.entries(packageJson.exports).flatMap(([room, target]) =>
  typeof target === 'object' ? [{ room, file: resolve(root, target['operando-source']) }] : [],
)

type Found = Pick<Verb, 'place' | 'text'>

/** The text of every function that was met, by name. */
const declared = new Map<string, string>()

/** Whether a function names the door of its options, or hands them on to one that does. */
function hasDoor(text: string, seen: ReadonlySet<string> = new Set()): boolean {
  if (/\b(assertKnown|translateOptions)\(/.test(text)) return true
  const receivers = [...text.matchAll(/\b(\w+)\((?:[^()]|\([^()]*\))*?\b(?:options|rest)\b/g)].map(match => match[1]!)
  return receivers.some(name => !seen.has(name) && declared.has(name) && hasDoor(declared.get(name)!, new Set([...seen, name])))
}

/** Functions of a file and of all it exports again, with the place of their options. */
function functionsOf(file: string, found: Map<string, Found>): Map<string, Found> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement) && !statement.isTypeOnly && statement.moduleSpecifier) {
      const { text } = statement.moduleSpecifier as ts.StringLiteral
      const again = functionsOf(resolve(dirname(file), text.replace(/\.js$/, '.ts')), new Map())
      const clause = statement.exportClause
      if (clause && ts.isNamedExports(clause)) {
        for (const { name, propertyName } of clause.elements) {
          const one = again.get((propertyName ?? name).text)
          if (one !== undefined) found.set(name.text, one)
        }
      } else for (const [name, one] of again) found.set(name, one)
    }
    if (!ts.isFunctionDeclaration(statement) || !statement.body || !statement.name) continue
    const place = statement.parameters.findIndex(
      ({ name, type }) =>
        (ts.isIdentifier(name) && name.text === 'options') || /^\w*Options(<.*>)?$/.test(type?.getText(source) ?? ''),
    )
    declared.set(statement.name.text, statement.getText(source))
    if (place >= 0) found.set(statement.name.text, { place, text: statement.getText(source) })
  }
  return found
}

const rooms = new Map<string, Record<string, unknown>>()
const verbs: Verb[] = []
for (const { room, file } of entries) {
  const module = (await import(file)) as Record<string, unknown>
  rooms.set(room, module)
  for (const [name, one] of functionsOf(file, new Map())) if (name in module) verbs.push({ room, name, ...one })
}

describe('a mistyped option', () => {
  it('is looked for at every public function that takes options', () => {
    expect(verbs.length).toBeGreaterThan(150)
    const names = verbs.map(({ room, name }) => `${room} ${name}`)
    for (const name of ['./io open', './io/node save', './series synchronize', './series estimateClock', '. convertAxis'])
      expect(names, `${name} of ${relative(root, entries[0]!.file)}`).toContain(name)
  })

  it.each(verbs)('is refused by $name of $room', async ({ room, name, place, text }) => {
    const verb = rooms.get(room)![name] as (...given: unknown[]) => unknown
    const refused = (async () => verb(...new Array<unknown>(place).fill(undefined), { nonsense: 1 }))()
    const said = await refused.then(
      () => 'nothing',
      (error: unknown) => String((error as Error).message),
    )
    if (!/'nonsense' is not known.* Known are \w+/.test(said)) expect(hasDoor(text), `${name} said: ${said}\n${text}`).toBe(true)
  })
})
