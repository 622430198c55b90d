import { intervalOf, PiecewiseCubic } from '../numeric/interpolate/piecewiseCubic.js'

/**
 * A curve through a table of logarithms: between two nodes the cubic that their second derivatives give, or a straight line where they are 0. At a pair of equal
 * abscissae, an absorption edge, it jumps: from the energy of the pair on, the upper side counts.
 * @param x     ln of energy, never falling.
 * @param y     ln of the quantity.
 * @param bends Second derivatives of y by x at the nodes; straight lines if absent.
 */
export function logLogCurve(x: Float64Array, y: Float64Array, bends?: Float64Array | undefined): PiecewiseCubic {
  const wide: number[] = []
  for (let i = 0; i < x.length - 1; i++) if (x[i + 1]! > x[i]!) wide.push(i)
  const breaks = Float64Array.from([...wide.map(i => x[i]!), x[x.length - 1]!])
  const coefficients = new Float64Array(4 * wide.length)
  wide.forEach((i, at) => {
    const h = x[i + 1]! - x[i]!
    const [left, right] = bends ? [bends[i]!, bends[i + 1]!] : [0, 0]
    coefficients.set([y[i]!, (y[i + 1]! - y[i]!) / h - (h * (2 * left + right)) / 6, left / 2, (right - left) / (6 * h)], 4 * at)
  })
  return new PiecewiseCubic(breaks, coefficients)
}

/**
 * Sum of log-log curves, each raised to the power of e again. Kernel: nothing is checked, nothing allocated.
 * @param curves   Curves of {@link logLogCurve}.
 * @param energies n energies inside all curves.
 * @param out      Receives n values; not the array of energies.
 */
export function sumLogLog(curves: readonly PiecewiseCubic[], energies: Float64Array, out: Float64Array): void {
  out.fill(0)
  for (let p = 0; p < curves.length; p++) {
    const { x, coefficients: c } = curves[p]!
    let i = 0
    for (let k = 0; k < energies.length; k++) {
      const v = Math.log(energies[k]!)
      if (v < x[i]! || v >= x[i + 1]!) i = intervalOf(x, v, i)
      const d = v - x[i]!
      const j = 4 * i
      out[k]! += Math.exp(c[j]! + d * (c[j + 1]! + d * (c[j + 2]! + d * c[j + 3]!)))
    }
  }
}

/**
 * The energies between which all curves have values, rounded inwards to four digits: tables of logarithms have 100 eV as 99.99998.
 * @param curves Curves of {@link logLogCurve}.
 */
export function commonRange(curves: readonly PiecewiseCubic[]): [low: number, high: number] {
  const low = Math.exp(Math.max(...curves.map(({ x }) => x[0]!)))
  const high = Math.exp(Math.min(...curves.map(({ x }) => x[x.length - 1]!)))
  const inwards = (value: number, round: (v: number) => number): number => {
    const step = 10 ** (Math.floor(Math.log10(value)) - 3)
    return Number((round(value / step) * step).toPrecision(4))
  }
  return [inwards(low, Math.ceil), inwards(high, Math.floor)]
}
