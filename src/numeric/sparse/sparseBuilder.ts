import { OperandoError } from '../../core/errors.js'
import { type SparseBlock, type SparseMap, type SparseTile, TILE } from './sparseMap.js'

/**
 * Builds a {@link SparseMap} from its entries, given by rising input: `add` each, then `finish`. Sorts a tile at a time, so that no more than one tile
 * lies unsorted.
 */
export class SparseBuilder {
  readonly #inputs: number
  readonly #outputs: number
  readonly #used: Uint8Array
  readonly #tiles: SparseTile[] = []
  #tileFrom = 0
  /** Of each entry of the tile at work: input, first output, width, place of its weights. */
  #input = new Uint16Array(TILE)
  #first = new Int32Array(TILE)
  #width = new Int32Array(TILE)
  #place = new Int32Array(TILE)
  #weights = new Float64Array(4 * TILE)
  #count = 0
  #weightCount = 0
  #total = 0

  /**
   * An empty map.
   * @param inputs  Number of inputs.
   * @param outputs Number of outputs.
   */
  constructor(inputs: number, outputs: number) {
    this.#inputs = inputs
    this.#outputs = outputs
    this.#used = new Uint8Array(inputs)
  }

  /**
   * Adds an entry. An input may have several.
   * @param input   Which input; not below that of the entry before.
   * @param first   First of the outputs it is shared among.
   * @param width   How many.
   * @param weights Their weights, from the first place on.
   * @throws OperandoError `E_RANGE` for outputs that are not there, or an input out of order.
   */
  add(input: number, first: number, width: number, weights: Float64Array): void {
    if (!(first >= 0 && width > 0 && first + width <= this.#outputs && input >= this.#tileFrom && input < this.#inputs)) {
      throw new OperandoError(
        'E_RANGE',
        `input ${input} for outputs ${first} to ${first + width - 1}: inputs must rise below ${this.#inputs}, outputs lie below ${this.#outputs}.`,
      )
    }
    while (input >= this.#tileFrom + TILE) this.#finishTile()
    const k = this.#count++
    if (k === this.#input.length) this.#growEntries()
    this.#input[k] = input - this.#tileFrom
    this.#first[k] = first
    this.#width[k] = width
    const at = this.#weightCount
    this.#place[k] = at
    if (at + width > this.#weights.length) this.#weights = grown(this.#weights, at + width)
    for (let j = 0; j < width; j++) this.#weights[at + j] = weights[j]!
    this.#weightCount = at + width
    this.#used[input] = 1
  }

  /** The map of all entries added. */
  finish(): SparseMap {
    while (this.#tileFrom < this.#inputs) this.#finishTile()
    return { inputs: this.#inputs, outputs: this.#outputs, entries: this.#total, used: this.#used, tiles: this.#tiles }
  }

  #growEntries(): void {
    const length = 2 * this.#input.length
    this.#input = grown(this.#input, length)
    this.#first = grown(this.#first, length)
    this.#width = grown(this.#width, length)
    this.#place = grown(this.#place, length)
  }

  #finishTile(): void {
    const length = Math.min(TILE, this.#inputs - this.#tileFrom)
    const parts = { input: this.#input, first: this.#first, width: this.#width, place: this.#place, weights: this.#weights }
    this.#tiles.push(sortTile(this.#tileFrom, length, this.#count, this.#weightCount, parts))
    this.#tileFrom += TILE
    this.#total += this.#weightCount
    this.#count = 0
    this.#weightCount = 0
  }
}

/** Entries in the order they came. */
interface Parts {
  readonly input: Uint16Array
  readonly first: Int32Array
  readonly width: Int32Array
  readonly place: Int32Array
  readonly weights: Float64Array
}

function sortTile(from: number, length: number, count: number, weightCount: number, parts: Parts): SparseTile {
  const { input, first, width, place, weights } = parts
  const sorted = sortedEntries(first, width, count)
  const order = new Uint16Array(count)
  const out = new Float64Array(weightCount)
  const blocks: SparseBlock[] = []
  let at = 0
  for (let k = 0; k < count; ) {
    const wide = width[sorted[k]!]!
    const [entry, weight] = [k, at]
    const output: number[] = []
    const end: number[] = []
    let last = -1
    for (; k < count; k++) {
      const e = sorted[k]!
      if (width[e]! !== wide) break
      const to = first[e]!
      if (to !== last) {
        if (last >= 0) end.push(k)
        output.push(to)
        last = to
      }
      order[k] = input[e]!
      const here = place[e]!
      for (let j = 0; j < wide; j++) out[at + j] = weights[here + j]!
      at += wide
    }
    end.push(k)
    blocks.push({ width: wide, entry, weight, output: Int32Array.from(output), end: Int32Array.from(end) })
  }
  return { from, length, order, weights: out, blocks }
}

/** Entries by width, then first output, then as they came. */
function sortedEntries(first: Int32Array, width: Int32Array, count: number): Int32Array {
  const [leastWidth, mostWidth] = extremes(width, count)
  const [leastFirst, mostFirst] = extremes(first, count)
  const span = mostFirst - leastFirst + 1
  const kinds = mostWidth - leastWidth + 1
  const asTheyCame = new Int32Array(count)
  for (let e = 0; e < count; e++) asTheyCame[e] = e
  const keys = new Int32Array(count)
  // one pass where a count for each pair is no more work than the entries; else one by output and one by width
  if (kinds * span <= 16 * TILE) {
    for (let e = 0; e < count; e++) keys[e] = (width[e]! - leastWidth) * span + first[e]! - leastFirst
    return countingSort(asTheyCame, keys, kinds * span)
  }
  for (let e = 0; e < count; e++) keys[e] = first[e]! - leastFirst
  const byOutput = countingSort(asTheyCame, keys, span)
  for (let e = 0; e < count; e++) keys[e] = width[e]! - leastWidth
  return countingSort(byOutput, keys, kinds)
}

function extremes(values: Int32Array, count: number): [number, number] {
  if (count === 0) return [0, 0]
  let least = values[0]!
  let most = least
  for (let k = 1; k < count; k++) {
    const v = values[k]!
    if (v < least) least = v
    if (v > most) most = v
  }
  return [least, most]
}

/** The entries of `before` in the order of their keys, which lie below `limit`; equal ones stay in order. */
function countingSort(before: Int32Array, keys: Int32Array, limit: number): Int32Array {
  const count = before.length
  const next = new Int32Array(limit + 1)
  for (let e = 0; e < count; e++) next[keys[e]! + 1]!++
  for (let i = 1; i <= limit; i++) next[i]! += next[i - 1]!
  const sorted = new Int32Array(count)
  for (let k = 0; k < count; k++) {
    const e = before[k]!
    sorted[next[keys[e]!]!++] = e
  }
  return sorted
}

function grown<A extends Uint16Array | Int32Array | Float64Array>(from: A, atLeast: number): A {
  const to = new (from.constructor as new (n: number) => A)(Math.max(2 * from.length, atLeast))
  to.set(from)
  return to
}
