/**
 * How a filter continues the data beyond their ends, for a b c d: `'nearest'` a a | a b c d | d d, `'mirror'` c b | a b c d | c b,
 * `'reflect'` b a | a b c d | d c, `'wrap'` c d | a b c d | a b, `'constant'` 0 0 | a b c d | 0 0.
 */
export type Edges = 'nearest' | 'mirror' | 'reflect' | 'wrap' | 'constant'

/** The words of {@link Edges}. */
export const EDGES: readonly Edges[] = ['nearest', 'mirror', 'reflect', 'wrap', 'constant']

/**
 * Index inside the data that stands for index i beyond them; -1 where the constant stands.
 * @param i     Any whole number.
 * @param n     Length of the data, >= 1.
 * @param edges How the data continue.
 */
export function edgeIndex(i: number, n: number, edges: Edges): number {
  if (i >= 0 && i < n) return i
  switch (edges) {
    case 'nearest':
      return i < 0 ? 0 : n - 1
    case 'constant':
      return -1
    case 'wrap':
      return ((i % n) + n) % n
    case 'reflect': {
      const k = ((i % (2 * n)) + 2 * n) % (2 * n)
      return k < n ? k : 2 * n - 1 - k
    }
    case 'mirror': {
      if (n === 1) return 0
      const period = 2 * n - 2
      const k = ((i % period) + period) % period
      return k < n ? k : period - k
    }
  }
}
