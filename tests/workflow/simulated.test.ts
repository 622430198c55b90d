import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SIMULATED_FOLDER, simulatedFiles } from '../../scripts/demo/make-simulated.js'

describe('the simulated experiment that ships', () => {
  const files = simulatedFiles()

  it('is made anew, byte by byte, by its script', () => {
    for (const [name, text] of files) expect(readFileSync(join(SIMULATED_FOLDER, name), 'utf8') === text, name).toBe(true)
  })

  it('says of itself in every file that it is simulated', () => {
    for (const [name, text] of files) {
      if (name !== 'truth.csv') expect(text, name).toContain('SIMULATED')
    }
    expect(readFileSync(join(SIMULATED_FOLDER, 'README.md'), 'utf8')).toContain('SIMULATED')
  })

  it('is small', () => {
    let bytes = 0
    for (const text of files.values()) bytes += text.length
    expect(bytes).toBeLessThan(1_200_000)
  })
})
