/** A linear memory that plans fill one after another, and a module's functions on it. Used room is not used again. */
export interface Arena {
  /** The memory; never grows. */
  readonly memory: WebAssembly.Memory
  /** Functions of the module. */
  readonly exports: WebAssembly.Exports
  /** First free byte. */
  top: number
}

const page = 65536
/** Address 0 stays free, so that no piece lies at what looks like nothing. */
const bottom = 64
/** The first arena of a module; each further one is twice as large, up to the largest. Pages that nobody has written cost nothing. */
const smallest = 2 ** 20
const largest = 2 ** 26
/** Linear memory has 32-bit addresses. */
const mostBytes = 2 ** 32

/** The arena of a module with the most room left, and the size of the next. Goes with the module. */
const current = new WeakMap<WebAssembly.Module, { arena: Arena; next: number }>()

/**
 * An arena with room for so many bytes. Only the one in use is remembered: a full one is held by its plans and goes with the last of them, so
 * that nothing has to be given back.
 *
 * @param module One of the kernels.
 * @param bytes  Room that must be left.
 * @throws RangeError when no memory can be had.
 */
export function arenaFor(module: WebAssembly.Module, bytes: number): Arena {
  const known = current.get(module)
  if (known && bytes <= roomOf(known.arena)) return known.arena
  const size = known?.next ?? smallest
  const arena = createArena(module, bytes + bottom, size)
  const next = Math.min(2 * size, largest)
  const keepOld = known && roomOf(known.arena) > roomOf(arena) - bytes
  current.set(module, { arena: keepOld ? known.arena : arena, next })
  return arena
}

function roomOf({ memory, top }: Arena): number {
  return memory.buffer.byteLength - top
}

/** An arena of the size wished for, or of what is needed where that is more, or where there is no more. */
function createArena(module: WebAssembly.Module, needed: number, wished: number): Arena {
  if (needed > mostBytes) throw new RangeError(`${needed} bytes are more than WebAssembly can address`)
  let memory: WebAssembly.Memory
  try {
    memory = createMemory(Math.max(needed, wished))
  } catch {
    memory = createMemory(needed)
  }
  return { memory, exports: new WebAssembly.Instance(module, { env: { memory } }).exports, top: bottom }
}

function createMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / page)
  return new WebAssembly.Memory({ initial: pages, maximum: pages })
}
