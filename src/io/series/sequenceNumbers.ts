import type { Issue } from '../../core/issue.js'
import { isDigits, splitDigits } from './naturalOrder.js'

/** What the names of a series tell. */
export interface SequenceNumbers {
  /** The number of each file, where all names carry one at the same place. */
  readonly numbers?: Float64Array | undefined
  /** Numbers that are missing or come twice, and names unlike the others. */
  readonly warnings: readonly Issue[]
}

/** Numbers that are named one by one in a warning. */
const TOLD = 10

/**
 * Finds the running number in the names of a series. Names of one pattern (equal but for their digits) are compared; the running number is the run of digits
 * with the most different values, the last such one if there are several. It counts within files that agree in all other digits, so that
 * `a1_001, a1_002, a2_001` are two sequences. The usual step between neighbours (1, or 10 for 0010, 0020) decides what is missing.
 *
 * @param names File names, in any order.
 */
export function sequenceNumbers(names: readonly string[]): SequenceNumbers {
  const warnings: Issue[] = []
  const patterns = new Map<string, number[]>()
  const pieces = names.map(name => splitDigits(name.replace(/\.gz$/i, '')))
  names.forEach((_, i) => {
    const pattern = pieces[i]!.map(piece => (isDigits(piece) ? '#' : piece)).join('')
    patterns.set(pattern, [...(patterns.get(pattern) ?? []), i])
  })
  const numbers = new Float64Array(names.length).fill(Number.NaN)
  for (const files of patterns.values()) {
    const at = runningPlace(files.map(i => pieces[i]!))
    if (at === undefined) {
      repeated(
        files.map(i => names[i]!),
        warnings,
      )
      continue
    }
    const sequences = new Map<string, number[]>()
    for (const i of files) {
      const key = pieces[i]!.map((piece, p) => (p === at ? '#' : isDigits(piece) ? String(Number(piece)) : piece)).join('')
      sequences.set(key, [...(sequences.get(key) ?? []), i])
      numbers[i] = Number(pieces[i]![at])
    }
    for (const [key, members] of sequences)
      checkSequence(
        key,
        members.map(i => numbers[i]!),
        warnings,
      )
  }
  const odd = [...patterns.values()].filter(files => files.length * 10 <= names.length).flat()
  if (odd.length > 0)
    warnings.push({
      code: 'W_NAME_ODD',
      message: `${list(odd.map(i => names[i]!))} ${odd.length === 1 ? 'is' : 'are'} named unlike the other ${names.length - odd.length} files: part of the series?`,
    })
  return { ...(patterns.size === 1 && !numbers.some(Number.isNaN) ? { numbers } : {}), warnings }
}

/** The place whose digits vary most. */
function runningPlace(pieces: readonly (readonly string[])[]): number | undefined {
  let best: number | undefined
  let most = 1
  pieces[0]!.forEach((piece, p) => {
    if (!isDigits(piece)) return
    const different = new Set(pieces.map(own => Number(own[p]))).size
    if (different > 1 && different >= most) {
      best = p
      most = different
    }
  })
  return best
}

function repeated(names: readonly string[], warnings: Issue[]): void {
  const twice = names.filter((name, i) => names.indexOf(name) !== i)
  if (twice.length > 0)
    warnings.push({ code: 'W_DUPLICATE', message: `${list([...new Set(twice)])} stands in the series more than once.` })
}

function checkSequence(key: string, found: readonly number[], warnings: Issue[]): void {
  const sorted = Float64Array.from(found).sort()
  const twice = sorted.filter((n, i) => i > 0 && n === sorted[i - 1])
  if (twice.length > 0)
    warnings.push({
      code: 'W_DUPLICATE',
      message: `the number ${list([...new Set(twice)])} comes more than once in ${key} (# is the running number).`,
    })
  const unique = [...new Set(sorted)]
  const step = usualStep(unique)
  const missing: number[] = []
  let count = 0
  for (let i = 1; i < unique.length; i++) {
    const absent = Math.round((unique[i]! - unique[i - 1]!) / step) - 1
    count += Math.max(0, absent)
    for (let k = 1; k <= absent && missing.length < TOLD; k++) missing.push(unique[i - 1]! + k * step)
  }
  if (count > 0)
    warnings.push({
      code: 'W_SEQUENCE_GAP',
      message: `${list(missing, count)} missing from ${key} (# is the running number, ${unique[0]} to ${unique[unique.length - 1]}).`,
    })
}

/** The commonest difference of neighbours; the smallest of equally common ones. */
function usualStep(rising: readonly number[]): number {
  const counts = new Map<number, number>()
  for (let i = 1; i < rising.length; i++) {
    const step = rising[i]! - rising[i - 1]!
    counts.set(step, (counts.get(step) ?? 0) + 1)
  }
  return [...counts].reduce((best, own) => (own[1] > best[1] || (own[1] === best[1] && own[0] < best[0]) ? own : best), [1, 0])[0]
}

function list(items: readonly (string | number)[], count = items.length): string {
  const told = items.slice(0, TOLD).join(', ')
  return count > Math.min(items.length, TOLD) ? `${told} and ${count - Math.min(items.length, TOLD)} more` : told
}
