import { OperandoError } from '../../core/index.js'

/** Byte addresses are multiples of a cache line. */
const line = 64
const page = 65536
/** Linear memory has 32-bit addresses. */
const mostBytes = 2 ** 32

/**
 * Hands out the memory of one plan. Each plan has a linear memory of its own, of the size it needs and no growth: its views never detach,
 * plans cannot disturb each other, and the memory goes when the plan goes.
 *
 * First take() everything, then instantiate(), then view.
 */
export class KernelMemory {
  #top = line
  #memory: WebAssembly.Memory | undefined

  /**
   * Reserves bytes.
   * @param bytes How many.
   * @returns Address of the first.
   */
  take(bytes: number): number {
    const address = this.#top
    this.#top = Math.ceil((address + bytes) / line) * line
    return address
  }

  /**
   * Makes the memory and a module's instance on it.
   * @param module One of the {@link Kernels}.
   * @returns Its functions.
   * @throws OperandoError `E_LIMIT` beyond 4 GiB or where the engine has no memory left.
   */
  instantiate<Exports>(module: WebAssembly.Module): Exports {
    const pages = Math.ceil(this.#top / page)
    try {
      if (this.#top > mostBytes) throw new RangeError(`${this.#top} bytes are more than WebAssembly can address`)
      this.#memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
    } catch (cause) {
      throw new OperandoError(
        'E_LIMIT',
        `${this.#top} bytes of kernel memory cannot be had. Leave the kernels option away, or work on smaller pieces.`,
        { cause, details: { bytes: this.#top } },
      )
    }
    return new WebAssembly.Instance(module, { env: { memory: this.#memory } }).exports as Exports
  }

  /** `length` doubles at an address. */
  float64(address: number, length: number): Float64Array {
    return new Float64Array(this.#buffer(), address, length)
  }

  /** `length` single-precision numbers at an address. */
  float32(address: number, length: number): Float32Array {
    return new Float32Array(this.#buffer(), address, length)
  }

  /** `length` 32-bit integers at an address. */
  int32(address: number, length: number): Int32Array {
    return new Int32Array(this.#buffer(), address, length)
  }

  #buffer(): ArrayBuffer {
    return this.#memory!.buffer
  }
}
