// Runs every example script in a process of its own, as a reader would, and fails when one does.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../examples')
const scripts = readdirSync(folder)
  .filter(name => name.endsWith('.ts'))
  .sort()
let failed = 0
for (const name of scripts) {
  const begin = performance.now()
  const run = spawnSync(process.execPath, ['--conditions=operando-source', '--import', 'tsx', join(folder, name)], {
    cwd: resolve(folder, '..'),
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
  })
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  console.log(`${run.status === 0 ? 'ok    ' : 'FAILED'} examples/${name}  ${seconds} s`)
  if (run.status !== 0) {
    failed++
    console.log(run.stdout, run.stderr)
  }
}
console.log(`${scripts.length - failed} examples ran, ${failed} failed`)
process.exit(failed === 0 && scripts.length > 0 ? 0 : 1)
