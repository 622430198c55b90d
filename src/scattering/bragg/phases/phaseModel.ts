import { lowerBound } from '../../lowerBound.js'
import type { DerivativeColumns } from '../../profiles/profile.js'
import { PSEUDO_VOIGT } from '../../profiles/pseudoVoigt.js'
import type { PowderReflection } from '../simulatePattern.js'
import type { FreeCell } from './freeCell.js'

const RADIANS = Math.PI / 180
/** Lines are cut where less than 3e-4 of their height is left. */
const REACH = 30

/** A monochromatic line of the source. */
export interface SourceLine {
  /** Å. */
  readonly wavelength: number
  /** Intensity, relative. */
  readonly weight: number
}

/** A phase as the model needs it: where its parameters begin, and its lines. */
export interface ModelPhase {
  /** Its lines. */
  readonly reflections: readonly PowderReflection[]
  /** Its cell. */
  readonly cell: FreeCell
  /** Index of its scale; its free cell numbers follow, then its fwhm. */
  readonly at: number
}

/** Where the parameters that all phases share stand. */
export interface SharedParameters {
  /** Index of the Lorentzian share. */
  readonly eta: number
  /** Index of the zero of 2theta in degrees. */
  readonly zero: number
}

/** Buffers of {@link addPhase}, for n points. */
export interface PhaseScratch {
  readonly spacings: Float64Array
  readonly columns: DerivativeColumns
  readonly shape: Float64Array
  /** First point and one past the last of each line of each phase, by `at`; settled at the first call, so that the model stays smooth during a fit. */
  readonly windows: Map<number, Int32Array>
  /** Whether derivatives by the scales are enough: all else is held. */
  scalesOnly: boolean
}

/**
 * Buffers for one size of pattern.
 * @param n      Points.
 * @param phases The phases.
 */
export function createScratch(n: number, phases: readonly ModelPhase[]): PhaseScratch {
  const largest = Math.max(0, ...phases.map(({ reflections, cell }) => reflections.length * (1 + cell.names.length)))
  return {
    spacings: new Float64Array(largest),
    columns: {
      values: new Float64Array(4 * n),
      area: 0,
      centre: n,
      shape: Int32Array.of(2 * n, 3 * n),
      areaFactor: 1,
      centreFactor: 1,
    },
    shape: new Float64Array(2),
    windows: new Map(),
    scalesOnly: false,
  }
}

/** What {@link addPhase} is told of the source. */
export interface PhaseRadiation {
  /** Its lines; weights add up to 1. */
  readonly lines: readonly SourceLine[]
  /** Factor of (1 + factor cos² 2theta) / (1 + factor): 0 when the polarisation is corrected already, 1 for an unpolarised tube. */
  readonly polarization: number
}

/**
 * Adds the pattern of a phase: lines of area scale x m |F|² P / (V sin² theta cos theta), as `simulatePattern`, and the derivatives.
 * @param x         2theta in degrees, rising.
 * @param phase     The phase.
 * @param p         All parameters.
 * @param shared    Where eta and zero stand.
 * @param radiation The source.
 * @param out       The pattern to add to.
 * @param jacobian  Column-major derivatives to add to, column j at `j * n`; `null` if they are not wanted.
 * @param scratch   Buffers.
 */
export function addPhase(
  x: Float64Array,
  phase: ModelPhase,
  p: Float64Array,
  shared: SharedParameters,
  radiation: PhaseRadiation,
  out: Float64Array,
  jacobian: Float64Array | null,
  { spacings, columns, shape, windows, scalesOnly }: PhaseScratch,
): void {
  const n = x.length
  const { at, cell, reflections } = phase
  const k = cell.names.length
  const scale = p[at]!
  const fwhm = p[at + 1 + k]!
  const zero = p[shared.zero]!
  const volume = cell.spacings(p, at + 1, spacings)
  const v = columns.values
  const factor = radiation.polarization
  columns.centre = scalesOnly ? -1 : n
  columns.shape[0] = scalesOnly ? -1 : 2 * n
  columns.shape[1] = scalesOnly ? -1 : 3 * n
  shape[0] = fwhm
  shape[1] = p[shared.eta]!
  const known = windows.get(at)
  const window = known ?? new Int32Array(2 * reflections.length * radiation.lines.length)
  if (!known) windows.set(at, window)
  let w = 0
  for (let r = 0; r < reflections.length; r++) {
    const { multiplicity, f2 } = reflections[r]!
    const inverse = spacings[r * (1 + k)]!
    for (const { wavelength, weight } of radiation.lines) {
      const sin = (wavelength * inverse) / 2
      w += 2
      if (sin >= 1) continue
      const theta = Math.asin(sin)
      const centre = (2 * theta) / RADIANS + zero
      if (!known) {
        window[w - 2] = lowerBound(x, centre - REACH * fwhm)
        window[w - 1] = lowerBound(x, centre + REACH * fwhm)
      }
      const from = window[w - 2]!
      const to = window[w - 1]!
      if (from === to) continue
      const cos = Math.cos(theta)
      const cos2 = Math.cos(2 * theta)
      const polarization = (1 + factor * cos2 * cos2) / (1 + factor)
      const unit = (weight * multiplicity * f2 * polarization) / (volume[0]! * sin * sin * cos)
      PSEUDO_VOIGT.add(x, from, to, scale * unit, centre, shape, 0, out, jacobian ? columns : null)
      if (jacobian === null) continue
      if (scalesOnly) {
        for (let i = from; i < to; i++) jacobian[at * n + i]! += unit * v[i]!
        v.fill(0, from, to)
        continue
      }
      // d ln(unit) / d theta
      const slope = -2 * (cos / sin) + sin / cos - (factor * 4 * cos2 * Math.sin(2 * theta)) / (1 + factor * cos2 * cos2)
      for (let i = from; i < to; i++) {
        jacobian[at * n + i]! += unit * v[i]!
        jacobian[(at + 1 + k) * n + i]! += v[2 * n + i]!
        jacobian[shared.eta * n + i]! += v[3 * n + i]!
        jacobian[shared.zero * n + i]! += v[n + i]!
      }
      for (let j = 0; j < k; j++) {
        const dTheta = (wavelength * spacings[r * (1 + k) + 1 + j]!) / (2 * cos)
        const byCentre = (2 * dTheta) / RADIANS
        const byArea = scale * unit * (slope * dTheta - volume[1 + j]!)
        const column = (at + 1 + j) * n
        for (let i = from; i < to; i++) jacobian[column + i]! += byCentre * v[n + i]! + byArea * v[i]!
      }
      for (let part = 0; part < 4; part++) v.fill(0, part * n + from, part * n + to)
    }
  }
}
