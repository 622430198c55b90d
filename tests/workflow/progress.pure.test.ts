import { describe, expect, it } from 'vitest'
import { createProgress } from '../../examples/demo/progress.js'

/** What a terminal, or a file, is told. */
function told(stream: { isTTY?: boolean; columns?: number }, steps: readonly [string, number, number][]): string {
  let text = ''
  const progress = createProgress({ ...stream, write: (piece: string) => (text += piece) })
  for (const step of steps) progress.update(...step)
  progress.end()
  return text
}

/** The lines as they stand on a terminal that follows carriage returns. */
function screen(text: string): string[] {
  return text.split('\n').map(
    line =>
      line
        .split('\r')
        .filter(Boolean)
        .map(piece => piece.replace('\u001b[K', ''))
        .at(-1) ?? '',
  )
}

const STEPS: [string, number, number][] = [
  ['reading', 1, 1000],
  ['reading', 1000, 1000],
  ['fitting', 1, 9],
  ['fitting', 9, 9],
]

describe('the progress of the demo', () => {
  it('is a bar a stage on a terminal, each on a line of its own', () => {
    const lines = screen(told({ isTTY: true, columns: 100 }, STEPS))
    expect(lines).toEqual([`reading  [${'█'.repeat(30)}] 1000/1000`, `fitting  [${'█'.repeat(30)}] 9/9`, ''])
  })

  it.each([1, 12, 20, 40, 80])('fits into a terminal of %i columns, so that it can be drawn over', columns => {
    const drawn = told({ isTTY: true, columns }, STEPS).split(/[\r\n]/)
    for (const piece of drawn) expect(piece.replace('\u001b[K', '').length).toBeLessThan(columns + (columns === 1 ? 1 : 0))
  })

  it('takes 80 columns where the terminal tells none', () => {
    expect(screen(told({ isTTY: true, columns: 0 }, STEPS))[1]).toContain('█'.repeat(30))
  })

  it('is a plain line a stage, without control characters, in a file', () => {
    expect(told({}, STEPS)).toBe('reading: 1000 done\nfitting: 9 done\n')
  })
})
