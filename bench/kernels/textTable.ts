import { scanRows } from '../../src/io/text/scanRows.js'
import type { Bench } from '../harness/bench.js'
import { normal, uniform } from '../harness/inputs.js'

/** A text of `rows` lines with angle, counts and uncertainty, as instruments write them. */
export function textTable(rows: number): Uint8Array {
  const noise = normal(93, rows)
  const level = uniform(94, rows)
  const lines: string[] = []
  for (let i = 0; i < rows; i++) {
    const counts = 1e3 * level[i]! + 30 * noise[i]!
    lines.push(`${(5 + (i * 100) / rows).toFixed(5)} ${counts.toFixed(4)} ${Math.sqrt(Math.abs(counts)).toExponential(6)}\n`)
  }
  return new TextEncoder().encode(lines.join(''))
}

/** Numbers from text: 1e5 rows of three columns. */
export const textTableBench: readonly Bench[] = [
  {
    name: 'text table 1e5 x 3 ts',
    allocates: 'the table',
    prepare() {
      const bytes = textTable(1e5)
      return () => {
        scanRows(bytes, 0, 1, 3, { separator: 32, decimal: 46 }, row => {
          throw new Error(`line ${row.line} is ${row.kind}`)
        })
      }
    },
  },
]
