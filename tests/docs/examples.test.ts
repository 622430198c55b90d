import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeExamples } from './extract.js'

const examples = writeExamples()
const home = process.cwd()

describe('every example in the docs runs as it stands', () => {
  beforeAll(() => {
    vi.spyOn(console, 'log').mockImplementation(() => {})
    vi.spyOn(console, 'table').mockImplementation(() => {})
    process.chdir(mkdtempSync(join(tmpdir(), 'operando-examples-')))
  })
  afterAll(() => {
    process.chdir(home)
    vi.restoreAllMocks()
  })

  it('there are examples', () => {
    expect(examples.length).toBeGreaterThan(0)
  })

  it.each(examples)('$place', async ({ path }) => {
    await import(path)
  })
})
