import { lowerBound } from '../../lowerBound.js'
import { minimalWidth } from '../phases/phaseParameters.js'
import { addCombination } from './lineProfiles.js'
import { createLineShapes } from './lineShapes.js'
import type { PatternLayout, PatternPhase } from './patternLayout.js'
import { createLinePlaces, type LinePlaces, placeLines } from './placeLines.js'
import { addSpan } from './spans.js'

/** Profiles of area 1 of all lines, each on its own window, one after another. */
export interface LineProfiles {
  /** First point of each line's window. */
  readonly from: Int32Array
  /** One past the last; equal to `from` for lines that are not seen. */
  readonly to: Int32Array
  /** Where each line's values begin in `values`. */
  readonly at: Int32Array
  /** The profiles. */
  values: Float64Array
}

/** The lines of one pattern: where they lie, how they look, and how that changes with the parameters. Allocates nothing but in `settle`. */
export interface PatternModel {
  /** Its layout. */
  readonly layout: PatternLayout
  /** Where the lines lie. */
  readonly places: LinePlaces
  /** Profiles of area 1, both lines of a doublet together. */
  readonly profiles: LineProfiles
  /**
   * Settles how far each line reaches, and which are seen: so the model stays smooth during a fit.
   * @param p      All parameters.
   * @param weight Weights of the points; a line without any within three widths is not seen.
   */
  settle(p: Float64Array, weight: Float64Array): void
  /** Places the lines and computes their profiles. */
  draw(p: Float64Array): void
  /**
   * Adds the lines of given areas to a pattern.
   * @param areas Area of each line.
   * @param out   The pattern, n values.
   * @param only  Index of one phase, or all of them if absent.
   */
  sum(areas: Float64Array, out: Float64Array, only?: number): void
  /**
   * Adds the derivatives by all that places and widens lines of these areas, as last drawn.
   * @param areas    Area of each line.
   * @param jacobian Columns of `rows` values.
   * @param rows     Points of all patterns.
   * @param wanted   1 for each parameter whose column is wanted.
   */
  addSlopes(areas: Float64Array, jacobian: Float64Array, rows: number, wanted: Uint8Array): void
  /** Adds the derivatives by all that makes lines of phases with structure strong, as last computed. */
  addAreaSlopes(jacobian: Float64Array, rows: number, wanted: Uint8Array): void
  /** Adds the background. */
  addBackground(p: Float64Array, out: Float64Array): void
}

/** Seen is a line of which a point within so many fwhm has a weight. */
const NEAR = 3

/**
 * The model of the lines of a pattern.
 * @param layout The pattern.
 * @param reach  Fwhm on either side that a line is computed.
 */
export function createPatternModel(layout: PatternLayout, reach: number): PatternModel {
  const { x, phases, lines, background, instrument, zeroAt, axialAt, skewAt } = layout
  const sources = layout.radiation.lines
  const n = x.length
  const least = minimalWidth(x) / 4
  const places = createLinePlaces(lines, sources)
  const profiles: LineProfiles = {
    from: new Int32Array(lines),
    to: new Int32Array(lines),
    at: new Int32Array(lines + 1),
    values: new Float64Array(0),
  }
  const { from, to, at } = profiles
  const slopes = new Float64Array(4 * n)
  const shape = createLineShapes(lines * sources.length, axialAt, skewAt)
  const weighted = new Int32Array(n + 1)
  const place = (p: Float64Array): void => {
    for (const own of phases) placeLines(own, p, p[zeroAt]!, p[zeroAt + 1]!, instrument, least, places)
  }
  const slots = phases.map(own => createSlots(own, zeroAt))
  const all = lines * sources.length

  return {
    layout,
    places,
    profiles,
    settle(p, weight) {
      for (let i = 0; i < n; i++) weighted[i + 1] = weighted[i]! + (weight[i]! > 0 ? 1 : 0)
      place(p)
      for (let line = 0; line < lines; line++) {
        let low = n
        let high = 0
        let seen = false
        for (let s = 0; s < sources.length; s++) {
          const m = line * sources.length + s
          if (!(places.sin[m]! < 1)) continue
          const centre = places.centre[m]!
          const fwhm = places.fwhm[m]!
          low = Math.min(low, lowerBound(x, centre - reach * fwhm))
          high = Math.max(high, lowerBound(x, centre + reach * fwhm))
          if (s === 0) seen = weighted[lowerBound(x, centre + NEAR * fwhm)]! > weighted[lowerBound(x, centre - NEAR * fwhm)]!
        }
        from[line] = seen ? low : 0
        to[line] = seen ? high : 0
        at[line + 1] = at[line]! + to[line]! - from[line]!
      }
      shape.settle(p, places, p[zeroAt]!, all)
      if (profiles.values.length < at[lines]!) profiles.values = new Float64Array(Math.ceil(1.2 * at[lines]!))
    },
    draw(p) {
      place(p)
      shape.take(p, all)
      const { values } = profiles
      values.fill(0, 0, at[lines]!)
      for (let line = 0; line < lines; line++) {
        const [first, last] = [from[line]!, to[line]!]
        if (first === last) continue
        for (let s = 0; s < sources.length; s++) {
          const m = line * sources.length + s
          if (places.sin[m]! < 1) shape.add(x, first, last, sources[s]!.weight, places, m, values, at[line]!)
        }
      }
    },
    sum(areas, out, only) {
      const { values } = profiles
      const own = only === undefined ? undefined : phases[only]!
      const begin = own?.firstLine ?? 0
      const end = own ? own.firstLine + own.count : lines
      for (let line = begin; line < end; line++) {
        if (areas[line] !== 0) addSpan(areas[line]!, values, at[line]!, out, from[line]!, to[line]! - from[line]!)
      }
    },
    addSlopes(areas, jacobian, rows, wanted) {
      phases.forEach((own, index) => {
        const slot = slots[index]!
        for (let r = 0; r < own.count; r++) {
          const line = own.firstLine + r
          const [first, last] = [from[line]!, to[line]!]
          if (first === last || areas[line] === 0) continue
          for (let s = 0; s < sources.length; s++) {
            const m = line * sources.length + s
            if (!(places.sin[m]! < 1)) continue
            const area = sources[s]!.weight * areas[line]!
            shape.addSlopes(x, first, last, area, places, m, slopes, n)
            fillSlots(slot, own, places, r, m, s)
            for (let j = 0; j < slot.parameter.length; j++) {
              if (wanted[slot.parameter[j]!] === 0) continue
              const column = slot.parameter[j]! * rows + layout.row
              addCombination(slopes, n, slot.byCentre[j]!, slot.byFwhm[j]!, slot.byEta[j]!, first, last, jacobian, column)
            }
            if (shape.parameters > 0)
              shape.addOwnSlopes(x, first, last, area, places, m, slopes, n, jacobian, rows, layout.row, wanted)
            for (let part = 0; part < 4; part++) slopes.fill(0, part * n + first, part * n + last)
          }
        }
      })
    },
    addAreaSlopes(jacobian, rows, wanted) {
      for (const { intensities, firstLine, count } of phases) {
        if (!intensities) continue
        const { parameters, slopes: bySlope } = intensities
        for (let r = 0; r < count; r++) {
          const line = firstLine + r
          const length = to[line]! - from[line]!
          if (length === 0) continue
          for (let j = 0; j < parameters.length; j++) {
            const slope = bySlope[j * count + r]!
            if (wanted[parameters[j]!] === 0 || slope === 0) continue
            addSpan(slope, profiles.values, at[line]!, jacobian, parameters[j]! * rows + layout.row + from[line]!, length)
          }
        }
      }
    },
    addBackground(p, out) {
      const { curves, count } = background
      for (let k = 0; k < count; k++) {
        const c = p[background.at + k]!
        for (let i = 0; i < n; i++) out[i]! += c * curves[k * n + i]!
      }
    },
  }
}

/** How a line changes with each parameter: by its centre, fwhm and Lorentzian share. */
interface Slots {
  /** Index of the parameter. */
  readonly parameter: Int32Array
  /** d centre / d parameter. */
  readonly byCentre: Float64Array
  /** d fwhm / d parameter. */
  readonly byFwhm: Float64Array
  /** d eta / d parameter. */
  readonly byEta: Float64Array
}

/** The slots of a phase: zero, displacement, free numbers of the cell, seven widths, size along an axis, Stephens' coefficients. */
function createSlots({ phase, widthsAt, sizeAlongAt }: PatternPhase, zeroAt: number): Slots {
  const cell = phase.cell.names.map((_, j) => phase.cellAt + j)
  const widths = Array.from({ length: 7 }, (_, j) => widthsAt + j)
  const along = sizeAlongAt < 0 ? [] : [sizeAlongAt]
  const stephens = (phase.stephens?.kept ?? []).map((_, j) => phase.stephensAt + j)
  const parameter = Int32Array.of(zeroAt, zeroAt + 1, ...cell, ...widths, ...along, ...stephens)
  const make = (): Float64Array => new Float64Array(parameter.length)
  return { parameter, byCentre: make(), byFwhm: make(), byEta: make() }
}

function fillSlots(slot: Slots, own: PatternPhase, places: LinePlaces, r: number, m: number, s: number): void {
  const { byCentre, byFwhm, byEta } = slot
  const { phase } = own
  const k = phase.cell.names.length
  const [cos, tan] = [places.cos[m]!, places.tan[m]!]
  byCentre[0] = 1
  byCentre[1] = cos
  const [hg, eg] = [places.fwhmBySquare[m]!, places.etaBySquare[m]!]
  const [hl, el] = [places.fwhmByLorentzian[m]!, places.etaByLorentzian[m]!]
  const fwhmByTheta = hg * places.squareByTheta[m]! + hl * places.lorentzianByTheta[m]!
  const etaByTheta = eg * places.squareByTheta[m]! + el * places.lorentzianByTheta[m]!
  const perTheta = places.sources[s]!.wavelength / (2 * cos)
  for (let j = 0; j < k; j++) {
    const byTheta = perTheta * phase.spacings[r * (1 + k) + 1 + j]!
    byCentre[2 + j] = places.centreByTheta[m]! * byTheta
    byFwhm[2 + j] = fwhmByTheta * byTheta
    byEta[2 + j] = etaByTheta * byTheta
  }
  const at = 2 + k
  const inverse2 = 1 / (cos * cos)
  byFwhm[at] = hg * tan * tan
  byEta[at] = eg * tan * tan
  byFwhm[at + 1] = hg * tan
  byEta[at + 1] = eg * tan
  byFwhm[at + 2] = hg
  byEta[at + 2] = eg
  byFwhm[at + 3] = hg * inverse2
  byEta[at + 3] = eg * inverse2
  const bySize = own.bySize[r]! / cos
  byFwhm[at + 4] = hl * bySize
  byEta[at + 4] = el * bySize
  byFwhm[at + 5] = hl * tan
  byEta[at + 5] = el * tan
  byFwhm[at + 6] = hl
  byEta[at + 6] = el
  let next = at + 7
  if (own.sizeAlongAt >= 0) {
    byFwhm[next] = (hl * own.bySizeAlong[r]!) / cos
    byEta[next] = (el * own.bySizeAlong[r]!) / cos
    next++
  }
  const terms = phase.stephens?.kept.length ?? 0
  for (let j = 0; j < terms; j++) {
    const byVariance = own.byVariance[r]! * phase.stephens!.values[r * terms + j]! * tan
    byFwhm[next + j] = hl * byVariance
    byEta[next + j] = el * byVariance
  }
}
