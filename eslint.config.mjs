// Biome does format and fast lint. ESLint does only what Biome cannot: the floors of the house, Node built-ins, doc comments, unawaited promises.
import { dirname, relative, resolve, sep } from 'node:path'
import tseslint from 'typescript-eslint'

const root = import.meta.dirname
const floors = {
  core: 0,
  numeric: 1,
  model: 2,
  matter: 2,
  scattering: 3,
  spectroscopy: 3,
  imaging: 3,
  cell: 3,
  // blind to techniques, which run along it: between the models and them
  series: 2.5,
  io: 4,
  plot: 4,
  worker: 4,
  workflow: 5,
  cli: 6,
}
const roomOf = file => {
  const parts = relative(resolve(root, 'src'), file).split(sep)
  return parts.length > 1 && parts[0] !== '..' ? parts[0] : undefined
}

/** A room imports from floors below, never from above, never from a room on its own floor. */
const floorRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      up: '{{from}}/ (floor {{a}}) may not import {{to}}/ (floor {{b}}): only floors below.',
      node: 'Node built-ins belong in *.node.ts files and cli/.',
      self: 'Inside src/ import by relative path, not by the package name.',
      matrix: 'ml-matrix weighs 71 kB: only src/numeric/linear may import it.',
      room: 'src/{{to}}/ is no room of the house: add it to the floors in eslint.config.mjs.',
    },
  },
  create(context) {
    const file = context.filename
    const from = roomOf(file)
    const check = node => {
      const source = node.source?.value
      if (typeof source !== 'string') return
      if (source.startsWith('node:') && from !== 'cli' && !file.endsWith('.node.ts')) context.report({ node, messageId: 'node' })
      if (source === 'operando' || source.startsWith('operando/')) context.report({ node, messageId: 'self' })
      if (source === 'ml-matrix' && !file.includes(`${sep}numeric${sep}linear${sep}`))
        context.report({ node, messageId: 'matrix' })
      if (!source.startsWith('.') || from === undefined) return
      const to = roomOf(resolve(dirname(file), source))
      if (to === undefined || to === from) return
      if (!(to in floors)) context.report({ node, messageId: 'room', data: { to } })
      else if (floors[to] >= floors[from])
        context.report({ node, messageId: 'up', data: { from, to, a: floors[from], b: floors[to] } })
    }
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check }
  },
}

/** Everything that leaves a file says what it is, right above. (That members of public types do is checked by the reference docs.) */
const docRule = {
  meta: { type: 'problem', schema: [], messages: { missing: 'An exported declaration needs a doc comment right above it.' } },
  create(context) {
    const { sourceCode } = context
    return {
      'Program > ExportNamedDeclaration[declaration]'(node) {
        // overloads and the implementation behind them share the comment of the first signature
        const before = sourceCode.ast.body[sourceCode.ast.body.indexOf(node) - 1]
        const name = node.declaration.id?.name
        if (name !== undefined && before?.type === 'ExportNamedDeclaration' && before.declaration?.id?.name === name) return
        const comment = sourceCode.getCommentsBefore(node).at(-1)
        if (comment?.type !== 'Block' || !comment.value.startsWith('*')) context.report({ node, messageId: 'missing' })
      },
    }
  },
}

export default [
  {
    files: ['src/**/*.ts'],
    ignores: ['src/numeric/wasm/assembly/**', '**/*.generated.ts'],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: root } },
    plugins: { '@typescript-eslint': tseslint.plugin, operando: { rules: { floors: floorRule, doc: docRule } } },
    rules: {
      'operando/floors': 'error',
      'operando/doc': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
]
