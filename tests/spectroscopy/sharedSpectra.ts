import { existsSync, readFileSync } from 'node:fs'
import { sharedPath } from '../sharedData.js'

/** Where a spectrum of the shared references comes from. */
export interface SpectrumRecipe {
  /** Below `data/spectroscopy`. */
  readonly file: string
  /** Expression of the columns c0, c1 ... */
  readonly mu: string
}

/** Whether the shared numbers of the peers and their spectra are here. */
export const hasSpectra: boolean = existsSync(sharedPath('reference/spectroscopy')) && existsSync(sharedPath('data/spectroscopy'))

/**
 * Numbers of the peers.
 * @param name Without extension.
 */
export function sharedReference<T>(name: string): T {
  return JSON.parse(readFileSync(sharedPath(`reference/spectroscopy/${name}.json`), 'utf8')) as T
}

const tables = new Map<string, Float64Array[]>()

/**
 * The numeric columns of a text file; what is no row of numbers is passed over, as the scripts of the references do.
 * @param file Below `data/spectroscopy`.
 */
export function columnsOf(file: string): Float64Array[] {
  const known = tables.get(file)
  if (known) return known
  const rows = readFileSync(sharedPath(`data/spectroscopy/${file}`), 'latin1')
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !'#;%*!'.includes(line[0]!))
    .map(line => line.replaceAll(',', ' ').split(/\s+/).map(Number))
    .filter(row => row.every(Number.isFinite))
  const width = Math.min(...rows.map(row => row.length))
  const columns = Array.from({ length: width }, (_, c) => Float64Array.from(rows, row => row[c]!))
  tables.set(file, columns)
  return columns
}

/** Energy and absorption of a recipe. */
export function spectrumOf({ file, mu }: SpectrumRecipe): { energy: Float64Array; mu: Float64Array } {
  const columns = columnsOf(file)
  const [, log, over, under] = /^(log\()?c(\d)(?:\/c(\d))?\)?$/.exec(mu) ?? []
  if (over === undefined) throw new Error(`recipe ${mu} is not understood`)
  const top = columns[Number(over)]!
  const ratio = under === undefined ? top : top.map((v, i) => v / columns[Number(under)]![i]!)
  return { energy: columns[0]!, mu: log ? ratio.map(Math.log) : ratio }
}
