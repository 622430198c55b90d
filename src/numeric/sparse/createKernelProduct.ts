import type { RealArray } from '../../core/arrays.js'
import { KernelMemory } from '../wasm/kernelMemory.js'
import type { Kernels } from '../wasm/kernels.js'
import { checkLength, type SparseProduct } from './createSparseProduct.js'
import { type SparseMap, type SparseTile, TILE } from './sparseMap.js'

type Prepare = (raw: number, count: number, used: number, least: number, most: number, dummy: number, values: number) => number
type Types = 'u16' | 'i32' | 'u32' | 'f32' | 'f64'

/** The functions of assembly/sparse.ts. */
interface SparseKernels extends Record<`prepare_${Types}`, Prepare> {
  sparseProducts(order: number, weights: number, blocks: number, blockCount: number, values: number, sums: number): void
  sparseSquares(
    order: number,
    weights: number,
    blocks: number,
    blockCount: number,
    values: number,
    sums: number,
    squares: number,
  ): void
}

/** Where a tile lies in kernel memory. */
interface Placed {
  readonly tile: SparseTile
  readonly order: number
  readonly weights: number
  readonly blocks: number
}

/** The SIMD twin of `createSparseProduct`: the map is copied to kernel memory, values pass through it a tile at a time. */
export function createKernelProduct(map: SparseMap, kernels: Kernels): SparseProduct {
  const memory = new KernelMemory()
  const raw = memory.take(8 * TILE)
  const values = memory.take(8 * TILE)
  const used = memory.take(map.inputs + 1)
  const sumsPiece = memory.take(8 * map.outputs)
  const squaresPiece = memory.take(8 * map.outputs)
  const placed = map.tiles.map((tile): Placed => {
    const runs = tile.blocks.reduce((sum, block) => sum + block.end.length, 0)
    const order = memory.take(2 * tile.order.length)
    const weights = memory.take(4 * tile.weights.length)
    return { tile, order, weights, blocks: memory.take(4 * (3 * tile.blocks.length + 2 * runs)) }
  })
  memory.open(kernels)
  memory.uint8(used, map.inputs).set(map.used)
  for (const place of placed) copyTile(memory, place)
  const functions = memory.functions<SparseKernels>('sparse')
  const sumsHere = memory.float64(sumsPiece, map.outputs)
  const squaresHere = memory.float64(squaresPiece, map.outputs)
  const [rawAt, valuesAt, usedAt] = [memory.address(raw), memory.address(values), memory.address(used)]
  const [sumsAt, squaresAt] = [memory.address(sumsPiece), memory.address(squaresPiece)]
  const rooms = {
    u16: memory.uint16(raw, TILE),
    i32: memory.int32(raw, TILE),
    u32: memory.uint32(raw, TILE),
    f32: memory.float32(raw, TILE),
    f64: memory.float64(raw, TILE),
  }
  return {
    apply(input, good, sums, squares): number {
      checkLength(input, map.inputs)
      sumsHere.fill(0)
      if (squares) squaresHere.fill(0)
      const type = typeOf(input)
      const room = rooms[type]
      const prepare = functions[`prepare_${type}`]
      let bad = 0
      for (const { tile, order, weights, blocks } of placed) {
        room.set(input.subarray(tile.from, tile.from + tile.length))
        // an odd tile reads one number too many, whose input is not used
        bad += prepare(rawAt, tile.length, usedAt + tile.from, good.least, good.most, good.dummy, valuesAt)
        const [o, w, b] = [memory.address(order), memory.address(weights), memory.address(blocks)]
        if (squares) functions.sparseSquares(o, w, b, tile.blocks.length, valuesAt, sumsAt, squaresAt)
        else functions.sparseProducts(o, w, b, tile.blocks.length, valuesAt, sumsAt)
      }
      sums.set(sumsHere)
      squares?.set(squaresHere)
      return bad
    },
  }
}

/** Types without a kernel of their own go through doubles. */
function typeOf(values: RealArray): Types {
  if (values instanceof Uint32Array) return 'u32'
  if (values instanceof Int32Array) return 'i32'
  if (values instanceof Uint16Array) return 'u16'
  if (values instanceof Float32Array) return 'f32'
  return 'f64'
}

function copyTile(memory: KernelMemory, { tile, order, weights, blocks }: Placed): void {
  memory.uint16(order, tile.order.length).set(tile.order)
  memory.float32(weights, tile.weights.length).set(tile.weights)
  const list: number[] = []
  for (const { width, entry, output, end } of tile.blocks) {
    list.push(width, end.length, end[end.length - 1]! - entry)
    for (let r = 0; r < end.length; r++) list.push(output[r]!, end[r]! - (r === 0 ? entry : end[r - 1]!))
  }
  memory.int32(blocks, list.length).set(list)
}
