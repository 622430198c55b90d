import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const exportsMap = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')).exports as Record<
  string,
  { 'operando-source'?: string }
>
const entries = Object.entries(exportsMap).flatMap(([subpath, target]) =>
  target['operando-source'] ? [{ subpath, file: resolve(root, target['operando-source']) }] : [],
)

const { config } = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
const program = ts.createProgram(
  entries.map(entry => entry.file),
  options,
)
const checker = program.getTypeChecker()

interface PublicName {
  readonly name: string
  readonly kind: 'function' | 'value' | 'type'
  readonly documented: boolean
  readonly example: boolean
}

/** What a subpath exports, as TypeScript sees it. */
function publicNames(file: string): PublicName[] {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)
  return (module ? checker.getExportsOfModule(module) : []).map(exported => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    const value = (symbol.flags & ts.SymbolFlags.Value) !== 0
    return {
      name: exported.name,
      kind: symbol.flags & ts.SymbolFlags.Function ? 'function' : value ? 'value' : 'type',
      documented: symbol.getDocumentationComment(checker).length > 0,
      example: symbol.getJsDocTags(checker).some(tag => tag.name === 'example'),
    }
  })
}

describe.each(entries)('$subpath', ({ subpath, file }) => {
  const names = publicNames(file)

  it('exports what the list says: nothing enters or leaves unseen', async () => {
    const list = names.map(({ name, kind }) => `${kind} ${name}`).sort()
    await expect(`${list.join('\n')}\n`).toMatchFileSnapshot(`exports/${subpath.slice(2).replaceAll('/', '-') || 'index'}.txt`)
  })

  it('says of every name what it is', () => {
    expect(names.filter(({ documented }) => !documented).map(({ name }) => name)).toEqual([])
  })

  it('shows every function in an example, which another test runs', () => {
    expect(names.filter(({ kind, example }) => kind === 'function' && !example).map(({ name }) => name)).toEqual([])
  })
})
