import type { SparseBlock, SparseTile } from './sparseMap.js'

/**
 * Adds weight x value of each entry of a tile to its outputs. Kernel.
 * @param tile   The tile.
 * @param values Values of the tile's inputs.
 * @param sums   One number an output.
 */
export function addProducts(tile: SparseTile, values: Float64Array, sums: Float64Array): void {
  const { order, weights } = tile
  for (const block of tile.blocks) {
    const { width } = block
    let column = 0
    // four columns a pass at most, no column alone if that can be
    for (let left = width; left > 0; ) {
      const take = left === 5 ? 3 : Math.min(4, left)
      if (take === 4) addFour(order, weights, block, column, values, sums)
      else if (take === 3) addThree(order, weights, block, column, values, sums)
      else if (take === 2) addTwo(order, weights, block, column, values, sums)
      else addOne(order, weights, block, column, values, sums)
      column += take
      left -= take
    }
  }
}

/**
 * As {@link addProducts}, and adds weight² x value as well. Kernel.
 * @param tile    The tile.
 * @param values  Values of the tile's inputs.
 * @param sums    Receives weight x value.
 * @param squares Receives weight² x value.
 */
export function addProductsAndSquares(tile: SparseTile, values: Float64Array, sums: Float64Array, squares: Float64Array): void {
  const { order, weights } = tile
  for (const block of tile.blocks) {
    for (let column = 0; column + 1 < block.width; column += 2) addBothTwo(order, weights, block, column, values, sums, squares)
    if (block.width % 2 === 1) addBothOne(order, weights, block, block.width - 1, values, sums, squares)
  }
}

function addOne(
  o: Uint16Array,
  weights: Float64Array,
  block: SparseBlock,
  column: number,
  v: Float64Array,
  sums: Float64Array,
): void {
  const { width, output, end } = block
  let e = block.entry
  let w = block.weight + column
  for (let r = 0; r < end.length; r++) {
    const last = end[r]!
    let a = 0
    for (; e < last; e++, w += width) a += v[o[e]!]! * weights[w]!
    sums[output[r]! + column]! += a
  }
}

function addTwo(
  o: Uint16Array,
  weights: Float64Array,
  block: SparseBlock,
  column: number,
  v: Float64Array,
  sums: Float64Array,
): void {
  const { width, output, end } = block
  let e = block.entry
  let w = block.weight + column
  for (let r = 0; r < end.length; r++) {
    const last = end[r]!
    let a = 0
    let b = 0
    for (; e < last; e++, w += width) {
      const value = v[o[e]!]!
      a += value * weights[w]!
      b += value * weights[w + 1]!
    }
    const to = output[r]! + column
    sums[to]! += a
    sums[to + 1]! += b
  }
}

function addThree(
  o: Uint16Array,
  weights: Float64Array,
  block: SparseBlock,
  column: number,
  v: Float64Array,
  sums: Float64Array,
): void {
  const { width, output, end } = block
  let e = block.entry
  let w = block.weight + column
  for (let r = 0; r < end.length; r++) {
    const last = end[r]!
    let a = 0
    let b = 0
    let c = 0
    for (; e < last; e++, w += width) {
      const value = v[o[e]!]!
      a += value * weights[w]!
      b += value * weights[w + 1]!
      c += value * weights[w + 2]!
    }
    const to = output[r]! + column
    sums[to]! += a
    sums[to + 1]! += b
    sums[to + 2]! += c
  }
}

function addFour(
  o: Uint16Array,
  weights: Float64Array,
  block: SparseBlock,
  column: number,
  v: Float64Array,
  sums: Float64Array,
): void {
  const { width, output, end } = block
  let e = block.entry
  let w = block.weight + column
  for (let r = 0; r < end.length; r++) {
    const last = end[r]!
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (; e < last; e++, w += width) {
      const value = v[o[e]!]!
      a += value * weights[w]!
      b += value * weights[w + 1]!
      c += value * weights[w + 2]!
      d += value * weights[w + 3]!
    }
    const to = output[r]! + column
    sums[to]! += a
    sums[to + 1]! += b
    sums[to + 2]! += c
    sums[to + 3]! += d
  }
}

function addBothOne(
  o: Uint16Array,
  weights: Float64Array,
  block: SparseBlock,
  column: number,
  v: Float64Array,
  sums: Float64Array,
  squares: Float64Array,
): void {
  const { width, output, end } = block
  let e = block.entry
  let w = block.weight + column
  for (let r = 0; r < end.length; r++) {
    const last = end[r]!
    let a = 0
    let aa = 0
    for (; e < last; e++, w += width) {
      const weight = weights[w]!
      const product = v[o[e]!]! * weight
      a += product
      aa += product * weight
    }
    const to = output[r]! + column
    sums[to]! += a
    squares[to]! += aa
  }
}

function addBothTwo(
  o: Uint16Array,
  weights: Float64Array,
  block: SparseBlock,
  column: number,
  v: Float64Array,
  sums: Float64Array,
  squares: Float64Array,
): void {
  const { width, output, end } = block
  let e = block.entry
  let w = block.weight + column
  for (let r = 0; r < end.length; r++) {
    const last = end[r]!
    let a = 0
    let aa = 0
    let b = 0
    let bb = 0
    for (; e < last; e++, w += width) {
      const value = v[o[e]!]!
      const weightA = weights[w]!
      const weightB = weights[w + 1]!
      const productA = value * weightA
      const productB = value * weightB
      a += productA
      aa += productA * weightA
      b += productB
      bb += productB * weightB
    }
    const to = output[r]! + column
    sums[to]! += a
    sums[to + 1]! += b
    squares[to]! += aa
    squares[to + 1]! += bb
  }
}
