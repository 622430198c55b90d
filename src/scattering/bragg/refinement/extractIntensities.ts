import type { LineProfiles } from './patternModel.js'

/** A line is never given less than this part of the strongest: from 0 no ratio leads back. */
const FLOOR = 1e-9

/**
 * Le Bail's extraction: each intensity is multiplied by what its profile finds in the pattern over what it finds in the model, I_k = I_k sum(w P (y - b)) / sum(w P c). With the weights w of the
 * fit (Le Bail's are 1/c) it lowers the very chi² that least squares lower, for lines that stand alone ends there at once, and leaves out what is masked. Never below 0.
 *
 * @param profiles Profiles of area 1.
 * @param net      Pattern less background, n values.
 * @param weight   Square roots of the weights, n values.
 * @param areas    The intensities; changed.
 * @param rounds   How often.
 * @see A. Le Bail, H. Duroy, J. L. Fourquet, Mater. Res. Bull. 23 (1988) 447; M. E. Daube-Witherspoon, G. Muehllehner, IEEE Trans. Med. Imaging 5 (1986) 61 (weighted ratios)
 */
export function extractIntensities(
  profiles: LineProfiles,
  net: Float64Array,
  weight: Float64Array,
  areas: Float64Array,
  rounds: number,
): void {
  const { from, to, at, values } = profiles
  const model = new Float64Array(net.length)
  for (let round = 0; round < rounds; round++) {
    sumLines(profiles, areas, model.fill(0))
    let strongest = 0
    for (let k = 0; k < areas.length; k++) {
      let [found, expected] = [0, 0]
      const shift = at[k]! - from[k]!
      for (let i = from[k]!; i < to[k]!; i++) {
        const w = values[shift + i]! * weight[i]! * weight[i]!
        found += w * net[i]!
        expected += w * model[i]!
      }
      if (expected > 0) areas[k] = Math.max(0, areas[k]! * (found / expected))
      if (to[k] === from[k]) areas[k] = 0
      strongest = Math.max(strongest, areas[k]!)
    }
    for (let k = 0; k < areas.length; k++)
      if (to[k]! > from[k]!) areas[k] = Math.max(areas[k]!, FLOOR * strongest || Number.MIN_VALUE)
  }
}

/** Adds the lines to a pattern. */
export function sumLines({ from, to, at, values }: LineProfiles, areas: Float64Array, out: Float64Array): void {
  for (let k = 0; k < areas.length; k++) {
    const shift = at[k]! - from[k]!
    for (let i = from[k]!; i < to[k]!; i++) out[i]! += areas[k]! * values[shift + i]!
  }
}
