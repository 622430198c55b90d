import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildPageClient, generatedPath } from '../../../scripts/build-page-client.mjs'

const hasBundler = existsSync(resolve(import.meta.dirname, '../../../node_modules/esbuild'))
if (!hasBundler) process.stderr.write('SKIPPED: rebuild of the script of figure pages, esbuild is not installed.\n')

describe.skipIf(!hasBundler)('the committed script of figure pages', () => {
  it('is what its source builds to, byte for byte (else: npm run page-client)', async () => {
    // by a boolean: a diff of 130 kB of script helps nobody
    expect((await buildPageClient()) === readFileSync(generatedPath, 'utf8')).toBe(true)
  })

  it('evaluates no text, asks for nothing and cannot end its own element', async () => {
    const { pageClient } = (await import('../../../src/plot/page/pageClient.generated.js')) as { pageClient: string }
    for (const word of ['eval(', 'new Function', 'fetch(', 'XMLHttpRequest', 'WebSocket', 'import(', '</script', '<!--']) {
      expect(pageClient.includes(word), word).toBe(false)
    }
  })
})
