import { ADVANCES, CODES } from './raster/advances.generated.js'

let table: Map<number, number> | undefined

/**
 * Width of a line of text in px, as set in DejaVu Sans, the widest face of the font stack.
 * @param text One line.
 * @param size Font size in px.
 */
export function textWidth(text: string, size: number): number {
  table ??= new Map(CODES.map((code, i) => [code, ADVANCES[i]!]))
  let sum = 0
  for (const char of text) sum += table.get(char.codePointAt(0)!) ?? 600
  return (sum / 1000) * size
}
