import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// Chromium takes a page and all modules anew for every file: so it is given one file a room, which draws in the room's pure tests
const here = new URL('./', import.meta.url)
const purePaths = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .map(path => path.replaceAll('\\', '/'))
  .filter(path => path.endsWith('.pure.test.ts'))

describe('pure tests run in the browser', () => {
  it('by an entry in tests/browser for each room that has them', () => {
    const rooms = new Set(purePaths.filter(path => path.includes('/')).map(path => path.slice(0, path.indexOf('/'))))
    expect(rooms.size).toBeGreaterThan(9)
    for (const room of rooms)
      expect(existsSync(new URL(`browser/${room}.test.ts`, here)), `tests/browser/${room}.test.ts`).toBe(true)
  })
})
