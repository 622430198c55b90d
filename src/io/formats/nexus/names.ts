/**
 * Gives HDF5 names that NeXus allows (letters, digits, underscore) and that are unique in their group:
 * the wanted name itself if it is allowed, else the nearest one.
 */
export type NameGiver = (wanted: string) => string

/** The attribute under which the original of a changed name is kept. */
export const ORIGINAL_NAME = 'operando_name'

/** A name giver for one group. */
export function createNameGiver(): NameGiver {
  const taken = new Set<string>()
  return wanted => {
    const base = wanted.replace(/[^A-Za-z0-9_]/g, '_') || '_'
    let name = base
    for (let i = 2; taken.has(name); i++) name = `${base}_${i}`
    taken.add(name)
    return name
  }
}

/** The attribute that keeps the order in which things were written; HDF5 lists them by name. */
export const ORDER = 'operando_order'

/**
 * Names in the order of writing; those that the order does not know come last, as they are.
 * @param names Names as HDF5 lists them.
 * @param order The value of {@link ORDER}, if the file has it.
 */
export function inOrder(names: readonly string[], order: unknown): string[] {
  const list = Array.isArray(order) ? order.map(String) : []
  const rank = (name: string): number => (list.includes(name) ? list.indexOf(name) : list.length)
  return [...names].sort((a, b) => rank(a) - rank(b))
}
