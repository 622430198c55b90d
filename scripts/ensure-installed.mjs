// Installs the dependencies from the lock file when they are missing or older than the lock; built-ins only, since it runs on a bare clone.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`operando needs Node >= 20.19; this is Node ${process.versions.node}.`)
  process.exit(1)
}
const lock = join(root, 'package-lock.json')
const stamp = join(root, 'node_modules', '.package-lock.json')
const fresh = existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs
if (!fresh) {
  console.error('Installing dependencies from package-lock.json ...')
  const run = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (run.status !== 0) process.exit(run.status ?? 1)
}
