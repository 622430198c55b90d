import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** A runnable example found in a doc comment or a guide. */
export interface Example {
  /** Where it stands: `src/core/unit.ts:12`. */
  readonly place: string
  /** The TypeScript text. */
  readonly code: string
}

const filesBelow = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(ending))
    .map(name => join(root, folder, name))

/** Fenced `ts` blocks of a text; in doc comments the leading ` * ` is taken off. */
function fences(text: string, place: string, comment: boolean): Example[] {
  const examples: Example[] = []
  const lines = text.split('\n').map(line => (comment ? line.replace(/^\s*\* ?/, '') : line))
  for (let i = 0; i < lines.length; i++) {
    if (lines[i]!.trim() !== '```ts') continue
    const end = lines.findIndex((line, at) => at > i && line.trim() === '```')
    if (end < 0) throw new Error(`${place}:${i + 1}: the fence is not closed`)
    examples.push({ place: `${place}:${i + 1}`, code: lines.slice(i + 1, end).join('\n') })
    i = end
  }
  return examples
}

/** Every example of the doc comments in src/, of README.md and of docs/. Blocks fenced as `ts no-run` are only shown. */
export function findExamples(): Example[] {
  const sources = filesBelow('src', '.ts').filter(name => !name.includes('/assembly/') && !name.endsWith('.generated.ts'))
  const guides = [join(root, 'README.md'), ...filesBelow('docs', '.md').filter(name => !name.includes('/api/'))]
  const read = (name: string, comment: boolean): Example[] => fences(readFileSync(name, 'utf8'), relative(root, name), comment)
  return [...sources.flatMap(name => read(name, true)), ...guides.flatMap(name => read(name, false))]
}

/**
 * Writes every example as a module of its own, so that it can be type-checked and run.
 * @returns The examples with the paths of their modules.
 */
export function writeExamples(): (Example & { readonly path: string })[] {
  const folder = join(root, 'tests/docs/generated')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return findExamples().map((example, i) => {
    const path = join(folder, `example${String(i).padStart(4, '0')}.ts`)
    writeFileSync(path, `// ${example.place}\n${example.code}\nexport {}\n`)
    return { ...example, path }
  })
}
