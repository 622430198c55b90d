/**
 * Rows of text in columns, the first to the left, the others to the right.
 * @param rows Of equal length.
 */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map(row => row[c]!.length)))
  const line = (row: readonly string[]): string =>
    row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join('  ')
  return rows.map(row => line(row).trimEnd()).join('\n')
}

/** A time in a unit that suits. */
export function duration(seconds: number): string {
  return seconds < 1e-3 ? `${(1e6 * seconds).toPrecision(3)} µs` : `${(1e3 * seconds).toPrecision(3)} ms`
}
