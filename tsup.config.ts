import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

// One entry per subpath export; package.json is the only list of them.
const exportsMap = JSON.parse(readFileSync('package.json', 'utf8')).exports as Record<string, { 'operando-source'?: string }>
const entry: Record<string, string> = {}
for (const [subpath, target] of Object.entries(exportsMap)) {
  const source = target['operando-source']
  if (source) entry[subpath === '.' ? 'index' : subpath.slice(2).replaceAll('/', '-')] = source
}

export default defineConfig({
  entry,
  format: ['esm', 'cjs'],
  target: 'es2022',
  dts: { compilerOptions: { ignoreDeprecations: '6.0', customConditions: null } },
  splitting: true,
  sourcemap: true,
  clean: true,
  treeshake: true,
  external: ['h5wasm', 'h5wasm/node', 'h5wasm-plugins', 'mdb-reader', '@resvg/resvg-wasm'],
})
