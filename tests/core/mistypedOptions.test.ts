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
}

const root = resolve(import.meta.dirname, '../..')
const entries = Object.entries(packageJson.exports).flatMap(([room, target]) =>
  typeof target === 'object' ? [{ room, file: resolve(root, target['operando-source']) }] : [],
)

/** Functions of a file and of all it exports again, with the place of their options. */
function functionsOf(file: string, found: Map<string, number>): Map<string, number> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement) && !statement.isTypeOnly && statement.moduleSpecifier) {
      const { text } = statement.moduleSpecifier as ts.StringLiteral
      const again = functionsOf(resolve(dirname(file), text.replace(/\.js$/, '.ts')), new Map())
      const clause = statement.exportClause
      if (clause && ts.isNamedExports(clause)) {
        for (const { name, propertyName } of clause.elements) {
          const place = again.get((propertyName ?? name).text)
          if (place !== undefined) found.set(name.text, place)
        }
      } else for (const [name, place] of again) found.set(name, place)
    }
    if (!ts.isFunctionDeclaration(statement) || !statement.body || !statement.name) continue
    const place = statement.parameters.findIndex(
      ({ name, type }) =>
        (ts.isIdentifier(name) && name.text === 'options') || /^\w*Options(<.*>)?$/.test(type?.getText(source) ?? ''),
    )
    if (place >= 0) found.set(statement.name.text, place)
  }
  return found
}

const rooms = new Map<string, Record<string, unknown>>()
const verbs: Verb[] = []
for (const { room, file } of entries) {
  const module = (await import(file)) as Record<string, unknown>
  rooms.set(room, module)
  for (const [name, place] of functionsOf(file, new Map())) if (name in module) verbs.push({ room, name, place })
}

describe('a mistyped option', () => {
  it('is looked for at every public function that takes options', () => {
    expect(verbs.length).toBeGreaterThan(150)
    const names = verbs.map(({ room, name }) => `${room} ${name}`)
    for (const name of ['./io open', './io/node save', './series synchronize', './series estimateClock', '. convertAxis'])
      expect(names, `${name} of ${relative(root, entries[0]!.file)}`).toContain(name)
  })

  it.each(verbs)('is refused by $name of $room before anything else is looked at', async ({ room, name, place }) => {
    const verb = rooms.get(room)![name] as (...given: unknown[]) => unknown
    const refused = (async () => verb(...new Array<unknown>(place).fill(undefined), { nonsense: 1 }))()
    await expect(refused).rejects.toMatchObject({
      code: 'E_ARGUMENT',
      message: expect.stringMatching(/'nonsense' is not known.* Known are \w+/),
    })
  })
})
