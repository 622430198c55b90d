// Where examples put their figures.
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Figure } from 'operando/plot'

/**
 * Writes a figure as a page (zoom, cross-hair) to examples/out/ and says where.
 * @param name   File name without ending.
 * @param figure The figure.
 */
export async function showFigure(name: string, figure: Figure): Promise<void> {
  const folder = resolve(import.meta.dirname, '../out')
  mkdirSync(folder, { recursive: true })
  writeFileSync(resolve(folder, `${name}.html`), await figure.html())
  console.log(`Figure: examples/out/${name}.html`)
}
