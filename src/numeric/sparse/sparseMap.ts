/**
 * Entries of equal width of a tile, sorted by the first output that they add to. Those with the same one are a run: a kernel keeps their sums in registers.
 */
export interface SparseBlock {
  /** Outputs that each entry adds to, neighbours. */
  readonly width: number
  /** Place of the first entry in the tile's `order`. */
  readonly entry: number
  /** Place of its first weight; each entry has `width` of them. */
  readonly weight: number
  /** First output of each run. */
  readonly output: Int32Array
  /** One past the last entry of each run. */
  readonly end: Int32Array
}

/** The entries of some consecutive inputs, so few that their values stay in the cache while they are read in the order of the outputs. */
export interface SparseTile {
  /** First input. */
  readonly from: number
  /** Number of inputs. */
  readonly length: number
  /** Input of each entry, from `from` on. */
  readonly order: Uint16Array
  /** Weights of the entries, one entry after the other. */
  readonly weights: Float64Array
  /** By width. */
  readonly blocks: readonly SparseBlock[]
}

/**
 * A sparse matrix that shares each of many inputs among a few neighbouring outputs: pixels among the bins of a pattern. Built by
 * `SparseBuilder`, applied by the plan of `createSparseProduct`.
 */
export interface SparseMap {
  /** Number of inputs. */
  readonly inputs: number
  /** Number of outputs. */
  readonly outputs: number
  /** Number of weights. */
  readonly entries: number
  /** 1 for inputs that have an entry. */
  readonly used: Uint8Array
  /** All entries. */
  readonly tiles: readonly SparseTile[]
}

/** Inputs of a tile: their values as doubles fill a quarter of a second-level cache of 1 MB. Offsets in a tile are 16-bit numbers. */
export const TILE = 32768
