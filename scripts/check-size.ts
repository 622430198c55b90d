// Bundles tiny browser apps against the built package: each must stay small, drag no table or Node built-in along, and need no eval.
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { tinyApps } from '../tests/size/apps.js'

const root = resolve(import.meta.dirname, '..')
let failed = 0
for (const app of tinyApps) {
  const result = await build({
    stdin: { contents: app.code, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    splitting: true,
    outdir: 'out',
    format: 'esm',
    platform: 'browser',
    write: false,
    external: ['h5wasm', 'mdb-reader'],
    logLevel: 'silent',
    metafile: true,
  }).catch((error: unknown) => String(error))
  if (typeof result === 'string') {
    failed++
    console.log(`FAILED ${app.name}: ${result}`)
    continue
  }
  // The first file is the app with what it needs at once; other chunks are fetched only when asked for.
  const entry = result.outputFiles.find(file => file.path.endsWith('stdin.js'))!
  const statics = new Set<string>()
  const visit = (path: string): void => {
    if (statics.has(path)) return
    statics.add(path)
    for (const dep of result.metafile.outputs[path]?.imports ?? [])
      if (dep.kind === 'import-statement' && !dep.external) visit(dep.path)
  }
  visit('out/stdin.js')
  const files = result.outputFiles.filter(file => [...statics].some(path => file.path.endsWith(path.slice(3))))
  const text = files.map(file => file.text).join('\n')
  const bytes = files.reduce((sum, file) => sum + file.contents.length, 0)
  const bad = app.mustNotContain.filter(marker => text.includes(marker))
  const ok = bytes <= app.maxBytes && bad.length === 0
  if (!ok) failed++
  console.log(
    `${ok ? 'ok    ' : 'FAILED'} ${app.name}: ${bytes} of ${app.maxBytes} bytes (${gzipSync(text).length} gzipped, entry ${entry.contents.length})${bad.length ? `; must not contain ${bad.join(', ')}` : ''}`,
  )
}
process.exit(failed === 0 ? 0 : 1)
