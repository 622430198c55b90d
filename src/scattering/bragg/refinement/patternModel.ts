import { chebyshevBasis } from '../../background/chebyshev.js'
import { lowerBound } from '../../lowerBound.js'
import type { DerivativeColumns } from '../../profiles/profile.js'
import { THOMPSON_COX_HASTINGS, thompsonCoxHastingsAt } from '../../profiles/thompsonCoxHastings.js'
import type { PhaseRadiation } from '../phases/phaseModel.js'
import { minimalWidth } from '../phases/phaseParameters.js'
import { FIRST_TERM, type LayoutPhase, type PatternLayout } from './patternLayout.js'
import { createLinePlace, placeLine } from './placeLine.js'

/** Profiles of area 1 of all lines, each on its own window, one after another. */
export interface LineProfiles {
  /** First point of each line's window. */
  readonly from: Int32Array
  /** One past the last; equal to `from` for lines that are not seen. */
  readonly to: Int32Array
  /** Where each line's values begin in `values`. */
  readonly at: Int32Array
  /** The profiles. */
  readonly values: Float64Array
}

/** What lines are made of that a refinement without structure knows: places, widths, background. */
export interface PatternModel {
  /** Windows of the lines, as settled. */
  readonly from: Int32Array
  /** One past the last point of each. */
  readonly to: Int32Array
  /** Centres of the lines (of the first wavelength), degrees, as settled. */
  readonly centre: Float64Array
  /** Their fwhm. */
  readonly fwhm: Float64Array
  /**
   * Settles how far each line reaches, and which are seen: so the model stays smooth during a fit.
   * @param p      All parameters.
   * @param weight Weights of the points; a line without any within three widths is not seen.
   */
  settle(p: Float64Array, weight: Float64Array): void
  /**
   * Adds lines of given areas, and the derivatives by the parameters of their places and widths.
   * @param p        All parameters.
   * @param areas    Area of each line.
   * @param out      The pattern to add to.
   * @param jacobian Columns to add to, or null.
   * @param wanted   1 for each parameter whose column is wanted.
   * @param only     Index of one phase, or all of them if absent.
   */
  addLines(
    p: Float64Array,
    areas: Float64Array,
    out: Float64Array,
    jacobian: Float64Array | null,
    wanted: Uint8Array,
    only?: number,
  ): void
  /** Profiles of area 1. */
  profiles(p: Float64Array): LineProfiles
  /** Adds the background. */
  addBackground(p: Float64Array, out: Float64Array): void
  /** Chebyshev polynomials, term after term: derivatives of the background. */
  readonly polynomials: Float64Array
}

/** Seen is a line of which a point within so many fwhm has a weight. */
const NEAR = 3

/**
 * The model of a pattern.
 * @param x         2theta in degrees, rising.
 * @param layout    The parameters.
 * @param radiation The source.
 * @param reach     Fwhm on either side.
 */
export function createPatternModel(
  x: Float64Array,
  layout: PatternLayout,
  { lines: sources }: PhaseRadiation,
  reach: number,
): PatternModel {
  const n = x.length
  const { phases, terms, lines } = layout
  const least = minimalWidth(x) / 4
  const polynomials = chebyshevBasis(x, terms - 1, [x[0]!, x[n - 1]!])
  const [from, to] = [new Int32Array(lines), new Int32Array(lines)]
  const [centre, fwhm] = [new Float64Array(lines), new Float64Array(lines)]
  const spacings = phases.map(({ reflections, cell }) => new Float64Array(reflections.length * (1 + cell.names.length)))
  const place = createLinePlace()
  const shape = new Float64Array(2)
  const both = new Float64Array(6)
  const v = new Float64Array(4 * n)
  const columns: DerivativeColumns = {
    values: v,
    area: 0,
    centre: n,
    shape: Int32Array.of(2 * n, 3 * n),
    areaFactor: 1,
    centreFactor: 1,
  }
  // places a line; false beyond 180 degrees
  const put = (phase: LayoutPhase, index: number, r: number, wavelength: number, p: Float64Array): boolean => {
    const k = phase.cell.names.length
    const sin = (wavelength * spacings[index]![r * (1 + k)]!) / 2
    if (!(sin < 1)) return false
    placeLine(sin, p[0]!, p[1]!, p, phase.at + k, least, place)
    shape[0] = place.gaussian
    shape[1] = place.lorentzian
    return true
  }

  const addSlopes = (
    phase: LayoutPhase,
    index: number,
    r: number,
    wavelength: number,
    jacobian: Float64Array,
    wanted: Uint8Array,
    line: number,
  ): void => {
    const [first, last] = [from[line]!, to[line]!]
    const k = phase.cell.names.length
    const { cos, tan, bySquare } = place
    const add = (parameter: number, c: number, g: number, l: number): void => {
      if (wanted[parameter] === 0) return
      addCombination(v, n, c, g, l, first, last, jacobian, parameter * n)
    }
    add(0, 1, 0, 0)
    add(1, cos, 0, 0)
    for (let j = 0; j < k; j++) {
      const dTheta = (wavelength * spacings[index]![r * (1 + k) + 1 + j]!) / (2 * cos)
      const [g, l] = [place.gaussianByTheta * dTheta, place.lorentzianByTheta * dTheta]
      add(phase.at + j, place.centreByTheta * dTheta, g, l)
    }
    const at = phase.at + k
    add(at, 0, bySquare * tan * tan, 0)
    add(at + 1, 0, bySquare * tan, 0)
    add(at + 2, 0, bySquare, 0)
    add(at + 3, 0, bySquare / (cos * cos), 0)
    add(at + 4, 0, 0, 1 / cos)
    add(at + 5, 0, 0, tan)
    add(at + 6, 0, 0, 1)
  }

  return {
    from,
    to,
    centre,
    fwhm,
    polynomials,
    settle(p, weight) {
      const weighted = new Int32Array(n + 1)
      for (let i = 0; i < n; i++) weighted[i + 1] = weighted[i]! + (weight[i]! > 0 ? 1 : 0)
      phases.forEach((phase, index) => {
        phase.cell.spacings(p, phase.at, spacings[index]!)
        for (let r = 0; r < phase.reflections.length; r++) {
          const line = phase.firstLine + r
          from[line] = to[line] = 0
          let [low, high, seen] = [n, 0, false]
          for (let s = sources.length - 1; s >= 0; s--) {
            if (!put(phase, index, r, sources[s]!.wavelength, p)) continue
            thompsonCoxHastingsAt(shape[0]!, shape[1]!, both)
            const width = both[0]!
            centre[line] = place.centre
            fwhm[line] = width
            low = Math.min(low, lowerBound(x, place.centre - reach * width))
            high = Math.max(high, lowerBound(x, place.centre + reach * width))
            const near = lowerBound(x, place.centre - NEAR * width)
            if (s === 0) seen = weighted[lowerBound(x, place.centre + NEAR * width)]! > weighted[near]!
          }
          if (!seen) continue
          from[line] = low
          to[line] = high
        }
      })
    },
    addLines(p, areas, out, jacobian, wanted, only) {
      phases.forEach((phase, index) => {
        if (only !== undefined && only !== index) return
        phase.cell.spacings(p, phase.at, spacings[index]!)
        for (let r = 0; r < phase.reflections.length; r++) {
          const line = phase.firstLine + r
          const [first, last] = [from[line]!, to[line]!]
          if (first === last || areas[line] === 0) continue
          for (const { wavelength, weight } of sources) {
            if (!put(phase, index, r, wavelength, p)) continue
            const area = weight * areas[line]!
            THOMPSON_COX_HASTINGS.add(x, first, last, area, place.centre, shape, 0, out, jacobian ? columns : null)
            if (jacobian === null) continue
            addSlopes(phase, index, r, wavelength, jacobian, wanted, line)
            for (let part = 0; part < 4; part++) v.fill(0, part * n + first, part * n + last)
          }
        }
      })
    },
    profiles(p) {
      const at = new Int32Array(lines + 1)
      for (let line = 0; line < lines; line++) at[line + 1] = at[line]! + to[line]! - from[line]!
      const values = new Float64Array(at[lines]!)
      const unit = new Float64Array(n)
      phases.forEach((phase, index) => {
        phase.cell.spacings(p, phase.at, spacings[index]!)
        for (let r = 0; r < phase.reflections.length; r++) {
          const line = phase.firstLine + r
          const [first, last] = [from[line]!, to[line]!]
          if (first === last) continue
          for (const { wavelength, weight } of sources)
            if (put(phase, index, r, wavelength, p))
              THOMPSON_COX_HASTINGS.add(x, first, last, weight, place.centre, shape, 0, unit, null)
          values.set(unit.subarray(first, last), at[line]!)
          unit.fill(0, first, last)
        }
      })
      return { from, to, at, values }
    },
    addBackground(p, out) {
      for (let k = 0; k < terms; k++) {
        const c = p[FIRST_TERM + k]!
        for (let i = 0; i < n; i++) out[i]! += c * polynomials[k * n + i]!
      }
    },
  }
}

/** Adds c, g, l times the derivatives by centre, Gaussian and Lorentzian width to a column. */
function addCombination(
  v: Float64Array,
  n: number,
  c: number,
  g: number,
  l: number,
  from: number,
  to: number,
  jacobian: Float64Array,
  column: number,
): void {
  if (g === 0 && l === 0) {
    if (c !== 0) for (let i = from; i < to; i++) jacobian[column + i]! += c * v[n + i]!
    return
  }
  if (c === 0 && l === 0) for (let i = from; i < to; i++) jacobian[column + i]! += g * v[2 * n + i]!
  else if (c === 0 && g === 0) for (let i = from; i < to; i++) jacobian[column + i]! += l * v[3 * n + i]!
  else for (let i = from; i < to; i++) jacobian[column + i]! += c * v[n + i]! + g * v[2 * n + i]! + l * v[3 * n + i]!
}
