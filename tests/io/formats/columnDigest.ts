import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { hasSharedData, sharedPath } from '../../sharedData.js'

/** Figures of a column that a peer read. */
export interface ColumnDigest {
  readonly first: number
  readonly last: number
  readonly sum: number
  readonly min: number
  readonly max: number
}

/** Figures of a file that a peer read. */
export interface FileDigest {
  readonly rows: number
  readonly columns: readonly string[]
  readonly table: Readonly<Record<string, ColumnDigest>>
  readonly timestamp_first?: string
  readonly timestamp_last?: string
  readonly status_counts?: Readonly<Record<string, number>>
}

/** Figures by path below data/io; empty where the shared data are absent. */
export const fileDigests: Readonly<Record<string, FileDigest>> = hasSharedData
  ? (JSON.parse(readFileSync(sharedPath('reference/io/real-files.json'), 'utf8')) as { files: Record<string, FileDigest> }).files
  : {}

/**
 * Expects a column to have the figures that a peer found.
 * @param values The column, in the peer's unit.
 * @param digest What the peer found.
 * @param rtol   Tolerance relative to the largest value: 0 for exact; sums have that of all rows.
 * @param name   For the message.
 */
export function expectDigest(values: ArrayLike<number>, digest: ColumnDigest, rtol: number, name: string): void {
  const list = Array.from(values)
  const scale = Math.max(Math.abs(digest.min), Math.abs(digest.max))
  const close = (a: number, b: number, atol: number): void => {
    if (!(Math.abs(a - b) <= atol)) expect(a, name).toBe(b)
  }
  const smallest = list.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const largest = list.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  close(list[0]!, digest.first, rtol * scale)
  close(list.at(-1)!, digest.last, rtol * scale)
  close(smallest, digest.min, rtol * scale)
  close(largest, digest.max, rtol * scale)
  close(
    list.reduce((a, b) => a + b, 0),
    digest.sum,
    Math.max(rtol, 1e-12) * scale * Math.max(1, list.length),
  )
}
