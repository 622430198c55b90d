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
    const count = this.#count
    const byOutput = countingSort(this.#first, count, undefined)
    const sorted = countingSort(this.#width, count, byOutput)
    const order = new Uint16Array(count)
    const weights = new Float64Array(this.#weightCount)
    const blocks: SparseBlock[] = []
    let at = 0
    for (let k = 0; k < count; ) {
      const width = this.#width[sorted[k]!]!
      const [entry, weight] = [k, at]
      const output: number[] = []
      const end: number[] = []
      for (; k < count && this.#width[sorted[k]!]! === width; k++) {
        const e = sorted[k]!
        const first = this.#first[e]!
        if (output[output.length - 1] !== first) {
          if (output.length > 0) end.push(k)
          output.push(first)
        }
        order[k] = this.#input[e]!
        const place = this.#place[e]!
        for (let j = 0; j < width; j++) weights[at++] = this.#weights[place + j]!
      }
      end.push(k)
      blocks.push({ width, entry, weight, output: Int32Array.from(output), end: Int32Array.from(end) })
    }
    const length = Math.min(TILE, this.#inputs - this.#tileFrom)
    this.#tiles.push({ from: this.#tileFrom, length, order, weights, blocks })
    this.#tileFrom += TILE
    this.#total += this.#weightCount
    this.#count = 0
    this.#weightCount = 0
  }
}

/** Indices 0 to count - 1 (or those of `before`) in the order of their keys; equal ones stay in order. */
function countingSort(keys: Int32Array, count: number, before: Int32Array | undefined): Int32Array {
  let [least, most] = [Infinity, -Infinity]
  for (let k = 0; k < count; k++) {
    const key = keys[k]!
    if (key < least) least = key
    if (key > most) most = key
  }
  const next = new Int32Array(count === 0 ? 1 : most - least + 2)
  for (let k = 0; k < count; k++) next[keys[k]! - least + 1]!++
  for (let i = 1; i < next.length; i++) next[i]! += next[i - 1]!
  const sorted = new Int32Array(count)
  for (let k = 0; k < count; k++) {
    const e = before === undefined ? k : before[k]!
    sorted[next[keys[e]! - least]!++] = e
  }
  return sorted
}

function grown<A extends Uint16Array | Int32Array | Float64Array>(from: A, atLeast: number): A {
  const to = new (from.constructor as new (n: number) => A)(Math.max(2 * from.length, atLeast))
  to.set(from)
  return to
}
