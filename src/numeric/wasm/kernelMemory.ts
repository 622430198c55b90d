import { OperandoError } from '../../core/index.js'
import { type Arena, arenaFor, borrowArena } from './arena.js'
import type { Kernels } from './kernels.js'

/** Pieces begin at multiples of a cache line. */
const line = 64

/**
 * The memory of one plan: a part of an arena that belongs to it alone for as long as it lives. Memories never grow, so views never detach;
 * plans share an arena, since browsers allow a page some hundred memories only.
 *
 * First take() everything, then open(), then view and call.
 */
export class KernelMemory {
  #bytes = 0
  #base = 0
  #arena: Arena | undefined

  /**
   * Reserves a piece, filled with zeros.
   * @param bytes How many.
   * @returns The piece, to be viewed and to be asked for its {@link KernelMemory.address}.
   */
  take(bytes: number): number {
    const piece = this.#bytes
    this.#bytes = Math.ceil((piece + bytes) / line) * line
    return piece
  }

  /**
   * Finds room for all that was taken.
   * @param kernels The kernels that are to work on it.
   * @throws OperandoError `E_LIMIT` beyond 4 GiB or where the engine has no memory left.
   */
  open(kernels: Kernels): void {
    this.#openOn(kernels, arenaFor)
    this.#arena!.top += this.#bytes
  }

  /**
   * {@link KernelMemory.open} for the length of one synchronous call: spares fresh memory. Pieces are not zero, and nothing of them may be
   * looked at once the call is over, since the next one gets the same.
   * @param kernels The kernels that are to work on it.
   * @throws OperandoError `E_LIMIT` beyond 4 GiB or where the engine has no memory left.
   */
  borrow(kernels: Kernels): void {
    this.#openOn(kernels, borrowArena)
  }

  #openOn(kernels: Kernels, find: typeof arenaFor): void {
    try {
      this.#arena = find(kernels, this.#bytes)
    } catch (cause) {
      throw new OperandoError(
        'E_LIMIT',
        `${this.#bytes} bytes of kernel memory cannot be had. Leave the kernels option away, or work on smaller pieces.`,
        { cause, details: { bytes: this.#bytes } },
      )
    }
    this.#base = this.#arena.top
  }

  /** Functions of one of the {@link Kernels}, which work on addresses in this memory. */
  functions<Exports>(module: keyof Kernels): Exports {
    return this.#arena!.functions(module) as Exports
  }

  /** The address that a kernel finds a piece at. */
  address(piece: number): number {
    return this.#base + piece
  }

  /** `length` doubles of a piece. */
  float64(piece: number, length: number): Float64Array {
    return new Float64Array(this.#arena!.memory.buffer, this.#base + piece, length)
  }

  /** `length` single-precision numbers of a piece. */
  float32(piece: number, length: number): Float32Array {
    return new Float32Array(this.#arena!.memory.buffer, this.#base + piece, length)
  }

  /** `length` 32-bit integers of a piece. */
  int32(piece: number, length: number): Int32Array {
    return new Int32Array(this.#arena!.memory.buffer, this.#base + piece, length)
  }

  /** `length` unsigned 32-bit integers of a piece. */
  uint32(piece: number, length: number): Uint32Array {
    return new Uint32Array(this.#arena!.memory.buffer, this.#base + piece, length)
  }

  /** `length` unsigned 16-bit integers of a piece. */
  uint16(piece: number, length: number): Uint16Array {
    return new Uint16Array(this.#arena!.memory.buffer, this.#base + piece, length)
  }

  /** `length` bytes of a piece. */
  uint8(piece: number, length: number): Uint8Array {
    return new Uint8Array(this.#arena!.memory.buffer, this.#base + piece, length)
  }
}
