import type { LineBand } from './lineBand.js'
import type { LineProfiles } from './patternModel.js'
import { addSpan, dotSpans } from './spans.js'

/** Steps of an extraction at most: the first is nearly right, the others make good what the band leaves out. */
const STEPS = 5
/** How often in a step lines that come out below 0 are held there, and the others found anew, at most. */
const DROPS = 8
/** Part of the diagonal that holds intensities where they were: what no data tell stays as it began, lines of one place share equally. */
const RIDGE = 1e-3
/** A step that promises less than this part of the misfit is the last. */
const NOTHING = 1e-7

/** Finds the intensities of lines, with places, widths and background held. */
export interface FreeIntensities {
  /**
   * Extracts: the areas of the free lines become those that describe the pattern best.
   * @param profiles Profiles of area 1.
   * @param band     Their normal equations, loaded.
   * @param net      Pattern less background and lines that are not free, n values.
   * @param weight   Square roots of the weights.
   * @param areas    Of all lines; those of free lines are changed.
   * @param positive 1 for lines that are not to fall below 0.
   */
  extract(
    profiles: LineProfiles,
    band: LineBand,
    net: Float64Array,
    weight: Float64Array,
    areas: Float64Array,
    positive: Uint8Array,
  ): void
}

/**
 * Makes the extraction. Le Bail's iteration, I_k times what its profile finds in the pattern over what it finds in the model, creeps where lines overlap in part; it ends where the weighted misfit is
 * least with no intensity below 0. Least squares with the lines at 0 held go there in a few steps.
 * @param n     Points.
 * @param lines Lines.
 * @see A. Le Bail, H. Duroy, J. L. Fourquet, Mater. Res. Bull. 23 (1988) 447; D. P. Bertsekas, SIAM J. Control Optim. 20 (1982) 221 (active sets)
 */
export function createFreeIntensities(n: number, lines: number): FreeIntensities {
  const rest = new Float64Array(n)
  const gradient = new Float64Array(lines)
  const target = new Float64Array(lines)
  const found = new Float64Array(lines)
  const before = new Float64Array(lines)
  const active = new Uint8Array(lines)

  /** Weighted misfit, and its gradient by the free intensities. */
  const look = (
    { from, to, at, values }: LineProfiles,
    band: LineBand,
    net: Float64Array,
    weight: Float64Array,
    areas: Float64Array,
  ): number => {
    rest.set(net)
    for (let i = 0; i < band.count; i++) {
      const line = band.order[i]!
      const area = areas[line]!
      if (area !== 0) addSpan(-area, values, at[line]!, rest, from[line]!, to[line]! - from[line]!)
    }
    let misfit = 0
    for (let k = 0; k < n; k++) {
      const weighted = weight[k]! * weight[k]! * rest[k]!
      misfit += weighted * rest[k]!
      rest[k] = weighted
    }
    for (let i = 0; i < band.count; i++) {
      const line = band.order[i]!
      gradient[i] = dotSpans(values, at[line]!, rest, from[line]!, to[line]! - from[line]!)
    }
    return misfit
  }

  /** Least squares over the active lines, from right-hand sides in `target`; those that come out below 0 are held at 0, and the others found anew. */
  const solveAbove = (band: LineBand, positive: Uint8Array): void => {
    for (let turn = 0; turn < DROPS; turn++) {
      band.factor(active, RIDGE)
      for (let i = 0; i < band.count; i++) found[i] = active[i] === 1 ? target[i]! : 0
      band.solve(found)
      let dropped = 0
      for (let i = 0; i < band.count; i++) {
        if (active[i] === 0 || found[i]! >= 0 || positive[band.order[i]!] === 0) continue
        active[i] = 0
        found[i] = 0
        dropped++
      }
      if (dropped === 0) return
    }
  }

  return {
    extract(profiles, band, net, weight, areas, positive) {
      let misfit = look(profiles, band, net, weight, areas)
      for (let turn = 0; turn < STEPS; turn++) {
        for (let i = 0; i < band.count; i++) {
          const area = areas[band.order[i]!]!
          before[i] = area
          active[i] = positive[band.order[i]!] === 1 && area <= 0 && gradient[i]! <= 0 ? 0 : 1
        }
        band.multiply(before, RIDGE, target)
        for (let i = 0; i < band.count; i++) target[i]! += gradient[i]!
        solveAbove(band, positive)
        let promise = 0
        for (let i = 0; i < band.count; i++) {
          promise += gradient[i]! * (found[i]! - before[i]!)
          areas[band.order[i]!] = found[i]!
        }
        if (promise <= NOTHING * misfit) return
        const now = look(profiles, band, net, weight, areas)
        if (!(now <= misfit)) {
          for (let i = 0; i < band.count; i++) areas[band.order[i]!] = before[i]!
          return
        }
        if (misfit - now <= NOTHING * misfit) return
        misfit = now
      }
    },
  }
}
