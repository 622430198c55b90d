import type { Kernels } from './kernels.js'

/** A linear memory that plans fill one after another, and the functions of all kernels on it. Used room is not used again. */
export interface Arena {
  /** The memory; never grows. */
  readonly memory: WebAssembly.Memory
  /** Functions of one of the modules, on this memory. */
  functions(module: keyof Kernels): WebAssembly.Exports
  /** The doubles of the room at {@link scratchAt}. */
  readonly scratch: Float64Array
  /** First free byte. */
  top: number
}

const page = 65536
/**
 * Room at the bottom of each arena for whoever calls a kernel, from {@link scratchAt} on: small inputs are copied there. What lies there is lost
 * with the next call.
 */
export const scratchBytes = 65536
/** Where it begins: not at 0, so that no address looks like nothing. */
export const scratchAt = 64
const bottom = scratchAt + scratchBytes
/** The first arena of a set of kernels; each further one is twice as large, up to the largest. Pages that nobody has written cost nothing. */
const smallest = 2 ** 20
const largest = 2 ** 26
/** Linear memory has 32-bit addresses. */
const mostBytes = 2 ** 32

/** The arena with the most room left, and the size of the next. Goes with the kernels. */
const current = new WeakMap<Kernels, { arena: Arena; next: number }>()
const byBuffer = new WeakMap<ArrayBufferLike, Arena>()

/**
 * An arena with room for so many bytes. Only the one in use is remembered: a full one is held by its plans and goes with the last of them, so
 * that nothing has to be given back.
 *
 * @param kernels The kernels.
 * @param bytes   Room that must be left.
 * @throws RangeError when no memory can be had.
 */
export function arenaFor(kernels: Kernels, bytes: number): Arena {
  const known = current.get(kernels)
  if (known && bytes <= roomOf(known.arena)) return known.arena
  const size = known?.next ?? smallest
  const arena = createArena(kernels, bytes + bottom, size)
  const next = Math.min(2 * size, largest)
  const keepOld = known && roomOf(known.arena) > roomOf(arena) - bytes
  current.set(kernels, { arena: keepOld ? known.arena : arena, next })
  return arena
}

/** Arenas of {@link borrowArena}, for as long as the engine does not want their memory. */
const borrowed = new WeakMap<Kernels, WeakRef<Arena>>()

/**
 * An arena for the length of one call, from its bottom on; what lies there is left from the last such call. Fresh memory costs more than
 * many a kernel does in it (the engine maps and clears it page by page), so the same is lent again and again where it is large enough.
 *
 * @param kernels The kernels.
 * @param bytes   Room that must be there.
 * @throws RangeError when no memory can be had.
 */
export function borrowArena(kernels: Kernels, bytes: number): Arena {
  const known = borrowed.get(kernels)?.deref()
  if (known && bytes <= roomOf(known)) return known
  const arena = createArena(kernels, bytes + bottom, smallest)
  borrowed.set(kernels, new WeakRef(arena))
  return arena
}

/**
 * The arena that an array lies in: a function that writes into it can then run on a kernel without copies.
 * @param values Any array.
 * @returns Undefined for ordinary arrays.
 */
export function arenaOf(values: Float32Array | Float64Array): Arena | undefined {
  return byBuffer.get(values.buffer)
}

function roomOf({ memory, top }: Arena): number {
  return memory.buffer.byteLength - top
}

/** An arena of the size wished for, or of what is needed where that is more, or where there is no more. */
function createArena(kernels: Kernels, needed: number, wished: number): Arena {
  if (needed > mostBytes) throw new RangeError(`${needed} bytes are more than WebAssembly can address`)
  let memory: WebAssembly.Memory
  try {
    memory = createMemory(Math.max(needed, wished))
  } catch {
    memory = createMemory(needed)
  }
  const instances: Partial<Record<keyof Kernels, WebAssembly.Exports>> = {}
  const arena: Arena = {
    memory,
    functions(module) {
      instances[module] ??= new WebAssembly.Instance(kernels[module], { env: { memory } }).exports
      return instances[module]
    },
    scratch: new Float64Array(memory.buffer, scratchAt, scratchBytes / 8),
    top: bottom,
  }
  byBuffer.set(memory.buffer, arena)
  return arena
}

function createMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / page)
  return new WebAssembly.Memory({ initial: pages, maximum: pages })
}
