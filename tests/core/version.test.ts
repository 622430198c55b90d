import { readFileSync } from 'node:fs'
import { VERSION } from 'operando'
import { expect, it } from 'vitest'

it('the version that histories tell is the one of package.json', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  expect(VERSION).toBe(manifest.version)
})
