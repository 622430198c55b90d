import { quadraticForm } from '../../../model/crystal/matrix3.js'
import { reciprocalMetric } from '../../../model/crystal/reciprocalCell.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import { addPseudoVoigtLine } from '../../profiles/sumPseudoVoigts.js'
import { lorentzFactor } from '../corrections/lorentzFactor.js'
import { type Polarization, polarizationFactor } from '../corrections/polarizationFactor.js'
import { type Doublet, secondLine } from '../doublet.js'
import type { PowderReflection } from '../simulatePattern.js'

/** The axis and radiation that candidates are drawn for. */
export interface SearchAxis {
  readonly x: Float64Array
  readonly step: number
  readonly wavelength: number
  readonly doublet: Doublet | undefined
  readonly polarization: Polarization
  readonly fwhm: number
  /** 0 for points left out. */
  readonly used: Uint8Array
  readonly mean: RunningMean
}

/** A candidate as it is drawn. */
export interface Candidate {
  readonly name: string
  readonly cell: UnitCell
  /** Edges that move together, as groups of 0, 1, 2. */
  readonly edges: readonly (readonly number[])[]
  readonly reflections: readonly PowderReflection[]
  /** Volume of its cell, Å³. */
  readonly volume: number
}

/** A line as it is expected. */
export interface DrawnLine {
  readonly centre: number
  readonly area: number
}

const REACH = 8
const ETA = 0.5

/** A cell with its edges changed, relative. */
export function strained(cell: UnitCell, [a, b, c]: readonly number[]): UnitCell {
  const { alpha, beta, gamma } = cell
  return { a: cell.a * (1 + a!), b: cell.b * (1 + b!), c: cell.c * (1 + c!), alpha, beta, gamma }
}

/** Lines of a candidate at some strain within the axis: area per volume of the phase. */
export function linesOf({ cell, reflections, volume }: Candidate, strain: readonly number[], axis: SearchAxis): DrawnLine[] {
  const metric = reciprocalMetric(strained(cell, strain))
  const { x, wavelength, polarization, doublet, fwhm } = axis
  const [low, high] = [x[0]! - fwhm, x[x.length - 1]! + fwhm]
  const second = new Float64Array(2)
  const out: DrawnLine[] = []
  for (const { hkl, multiplicity, f2 } of reflections) {
    const sine = 0.5 * wavelength * Math.sqrt(quadraticForm(metric, hkl))
    if (sine >= 1) continue
    const centre = (360 / Math.PI) * Math.asin(sine)
    if (centre < low || centre > high) continue
    const area = (multiplicity * f2 * lorentzFactor(centre) * polarizationFactor(centre, polarization)) / volume ** 2
    out.push({ centre, area })
    if (!doublet) continue
    secondLine(centre, doublet.wavelengths[1] / doublet.wavelengths[0], 'twoTheta', second)
    if (second[0]! <= high) out.push({ centre: second[0]!, area: area * doublet.ratio })
  }
  return out
}

/** Adds lines to a pattern. */
export function drawLines(lines: readonly DrawnLine[], { x, step, fwhm }: SearchAxis, out: Float64Array): Float64Array {
  for (const { centre, area } of lines) addPseudoVoigtLine(x, step, area, centre, fwhm, ETA, REACH, out)
  return out
}

/** Width of the running mean that is taken off, in widths of lines. */
const BACKGROUND = 24

/** A running mean over the points that are used, as a plan. */
export interface RunningMean {
  /** First point of the window of each point. */
  readonly from: Int32Array
  /** Point after the last. */
  readonly to: Int32Array
  /** 1 over the number of points used in it; 0 for points left out. */
  readonly inverse: Float64Array
  /** Sums up to each point. */
  readonly sums: Float64Array
}

/** Prepares the running mean of an axis. */
export function createRunningMean(x: Float64Array, used: Uint8Array, fwhm: number): RunningMean {
  const n = x.length
  const [from, to, inverse] = [new Int32Array(n), new Int32Array(n), new Float64Array(n)]
  const half = (BACKGROUND / 2) * fwhm
  let [low, high, count] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    for (; high < n && x[high]! <= x[i]! + half; high++) count += used[high]!
    for (; x[low]! < x[i]! - half; low++) count -= used[low]!
    from[i] = low
    to[i] = high
    inverse[i] = used[i] ? 1 / count : 0
  }
  return { from, to, inverse, sums: new Float64Array(n + 1) }
}

/**
 * Takes the running mean off, of data and of candidates alike: what a background would take, or leave behind, then speaks neither for nor against a phase of many lines.
 * @param values n values; points left out become 0.
 */
export function sharpened(values: Float64Array, { used, mean: { from, to, inverse, sums } }: SearchAxis): Float64Array {
  const n = values.length
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + used[i]! * values[i]!
  for (let i = 0; i < n; i++) out[i] = used[i]! * values[i]! - (sums[to[i]!]! - sums[from[i]!]!) * inverse[i]!
  return out
}
