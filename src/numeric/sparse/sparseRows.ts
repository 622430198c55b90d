import type { SparseMap } from './sparseMap.js'

/** A sparse map by its outputs: which inputs each of them is made of. */
export interface SparseRows {
  /** Place of the first entry of each output, and one past the last entry of all. */
  readonly start: Int32Array
  /** Input of each entry. */
  readonly input: Int32Array
  /** Its weight. */
  readonly weight: Float64Array
}

/**
 * The same map, by outputs: for medians and other statistics that need all values of an output side by side.
 * @param map The map.
 */
export function sparseRows(map: SparseMap): SparseRows {
  const start = new Int32Array(map.outputs + 1)
  forEachWeight(map, (_, output) => {
    start[output + 1]!++
  })
  for (let i = 1; i < start.length; i++) start[i]! += start[i - 1]!
  const next = start.slice()
  const input = new Int32Array(map.entries)
  const weight = new Float64Array(map.entries)
  forEachWeight(map, (from, output, w) => {
    const at = next[output]!++
    input[at] = from
    weight[at] = w
  })
  return { start, input, weight }
}

function forEachWeight(map: SparseMap, each: (input: number, output: number, weight: number) => void): void {
  for (const { from, order, weights, blocks } of map.tiles) {
    for (const { width, entry, weight, output, end } of blocks) {
      let [e, w] = [entry, weight]
      for (let r = 0; r < end.length; r++) {
        for (; e < end[r]!; e++) for (let j = 0; j < width; j++) each(from + order[e]!, output[r]! + j, weights[w++]!)
      }
    }
  }
}
