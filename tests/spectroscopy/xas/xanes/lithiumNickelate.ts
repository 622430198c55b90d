import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { sharedPath } from '../../../sharedData.js'

/**
 * Normalised spectra of the operando charge of LiNiO2, in the order of time.
 * @param tag  Part of the file name.
 * @param kind `norm`, or `reference_foil`.
 */
export function lithiumNickelate(tag = 'lno_op2_pos1', kind = 'norm'): { energy: Float64Array; spectra: Float64Array[] } {
  const text = gunzipSync(readFileSync(sharedPath(`data/spectroscopy/operando_xas/${tag}_${kind}.csv.gz`))).toString()
  const rows = text
    .split('\n')
    .filter(line => /^\d/.test(line))
    .map(line => line.split(',').map(Number))
  const column = (c: number): Float64Array => Float64Array.from(rows, row => row[c]!)
  return { energy: column(0), spectra: Array.from({ length: rows[0]!.length - 1 }, (_, i) => column(i + 1)) }
}
