import { cellVolume } from '../../../model/crystal/cellVolume.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import { sabineExtinction } from '../corrections/extinction.js'
import type { Polarization } from '../corrections/polarizationFactor.js'
import { polarizationTerms } from '../corrections/polarizationFactor.js'
import type { LayoutPhase } from './patternLayout.js'
import type { LinePlaces } from './placeLines.js'
import type { StructureKernel } from './structureKernel.js'

/** Where the intensity's own parameters stand; -1 for those that there are not. */
export interface IntensityParameters {
  /** Scale. */
  readonly scaleAt: number
  /** March coefficient. */
  readonly marchAt: number
  /** Coefficients of spherical harmonics, and how many. */
  readonly harmonicsAt: number
  readonly harmonics: number
  /** Extinction. */
  readonly extinctionAt: number
  /** mu R or mu t of the pattern. */
  readonly absorptionAt: number
}

/** What is known of the lines once for all. */
export interface IntensityLines {
  /** Multiplicity of each. */
  readonly multiplicity: ArrayLike<number>
  /** cos² of the angle between texture axis and each equivalent plane, line by line. */
  readonly marchAngles?: readonly Float64Array[] | undefined
  /** Symmetrised harmonics, `harmonics` values a line. */
  readonly harmonics?: Float64Array | undefined
}

/** How absorption weakens a line: factor and its derivative by mu R or mu t. */
export type AbsorptionModel = (twoTheta: number, mu: number, out: Float64Array) => void

/** Intensities of a phase with structure in a pattern: scale x multiplicity x |F|² x Lorentz x polarisation x absorption x texture x extinction. */
export interface IntensityModel {
  /** Indices of all parameters that the areas depend on, those of the cell among them. */
  readonly parameters: Int32Array
  /** d area / d parameter, `count` values a parameter. */
  readonly slopes: Float64Array
  /** Takes another cell: what changes slowly is then held. */
  settle(phase: LayoutPhase, cell: UnitCell, places: LinePlaces): void
  /**
   * Computes the areas.
   * @param p         All parameters.
   * @param places    Places of the lines.
   * @param firstLine Index of the phase's first line.
   * @param areas     Receives them, from firstLine on.
   * @param wanted    1 for parameters whose derivative is wanted; null for none.
   */
  compute(p: Float64Array, places: LinePlaces, firstLine: number, areas: Float64Array, wanted: Uint8Array | null): void
}

/**
 * Makes the model.
 * @param phase        The phase.
 * @param count        Its lines in the pattern.
 * @param kernel       |F|².
 * @param own          Where parameters stand.
 * @param lines        What is known of the lines.
 * @param polarization Of the beam.
 * @param absorption   Of the sample, if it has a parameter.
 */
export function createIntensityModel(
  phase: LayoutPhase,
  count: number,
  kernel: StructureKernel,
  own: IntensityParameters,
  lines: IntensityLines,
  polarization: Polarization,
  absorption: AbsorptionModel | undefined,
): IntensityModel {
  const cellSize = phase.cell.names.length
  const extras = [own.scaleAt, own.marchAt, own.extinctionAt, own.absorptionAt].filter(at => at >= 0)
  const harmonicParameters = Array.from({ length: own.harmonics }, (_, i) => own.harmonicsAt + i)
  const parameters = Int32Array.of(
    ...phase.cell.names.map((_, j) => phase.cellAt + j),
    ...kernel.parameters,
    ...extras,
    ...harmonicParameters,
  )
  const slopes = new Float64Array(parameters.length * count)
  const columnOf = (parameter: number): number => (parameter < 0 ? -1 : parameters.indexOf(parameter) * count)
  const scaleColumn = columnOf(own.scaleAt)
  const marchColumn = columnOf(own.marchAt)
  const extinctionColumn = columnOf(own.extinctionAt)
  const absorptionColumn = columnOf(own.absorptionAt)
  const structureColumn = cellSize * count
  const harmonicsColumn = (parameters.length - own.harmonics) * count
  const polarized = polarizationTerms(polarization)
  const pair = new Float64Array(2)
  const settledAngle = new Float64Array(count)
  let volume = 1
  let wavelength = 1

  const settle: IntensityModel['settle'] = (laid, cell, places) => {
    kernel.settle(laid.spacings, 1 + cellSize, cell)
    volume = cellVolume(cell)
    wavelength = places.sources[0]!.wavelength
    for (let r = 0; r < count; r++)
      settledAngle[r] = (360 / Math.PI) * Math.asin(Math.min(1, (wavelength / 2) * laid.spacings[r * (1 + cellSize)]!))
  }

  return {
    parameters,
    slopes,
    settle,
    compute(p, places, firstLine, areas, wanted) {
      kernel.compute(p, wanted)
      const sources = places.sources.length
      const scale = p[own.scaleAt]!
      for (let r = 0; r < count; r++) {
        const m = (firstLine + r) * sources
        const sin = places.sin[m]!
        if (!(sin < 1)) {
          areas[firstLine + r] = 0
          continue
        }
        const cos = places.cos[m]!
        const cos2 = 1 - 2 * sin * sin
        const polar = polarized[0] + polarized[1] * cos2 * cos2
        const square = kernel.squares[r]!
        let factor = (lines.multiplicity[r]! * polar) / (sin * sin * cos)
        // d ln(factor) / d theta
        const byTheta = -2 * (cos / sin) + sin / cos - (polarized[1] * 8 * cos2 * sin * cos) / polar
        let byMarch = 0
        let byAbsorption = 0
        let byExtinction = 0
        let byExtinctionSquare = 0
        if (own.marchAt >= 0) {
          byMarch = marchFactor(lines.marchAngles![r]!, p[own.marchAt]!, pair)
          factor *= pair[0]!
        }
        let texture = 1
        for (let i = 0; i < own.harmonics; i++) texture += p[own.harmonicsAt + i]! * lines.harmonics![r * own.harmonics + i]!
        const untextured = factor
        factor *= texture
        if (absorption) {
          absorption(settledAngle[r]!, p[own.absorptionAt]!, pair)
          factor *= pair[0]!
          byAbsorption = pair[1]! / pair[0]!
        }
        if (own.extinctionAt >= 0) {
          // x grows with |F|², and has its own angle
          const perSquare = (wavelength / volume) ** 2 * p[own.extinctionAt]!
          sabineExtinction(perSquare * square, sin * sin, pair)
          factor *= pair[0]!
          byExtinction = ((pair[1]! / pair[0]!) * perSquare * square) / (p[own.extinctionAt]! || 1)
          if (p[own.extinctionAt] === 0) byExtinction = (pair[1]! / pair[0]!) * (wavelength / volume) ** 2 * square
          byExtinctionSquare = (pair[1]! / pair[0]!) * perSquare
        }
        const area = scale * factor * square
        areas[firstLine + r] = area
        if (!wanted) continue
        slopes[scaleColumn + r] = factor * square
        const perTheta = area * byTheta * (wavelength / (2 * cos))
        for (let j = 0; j < cellSize; j++) slopes[j * count + r] = perTheta * phase.spacings[r * (1 + cellSize) + 1 + j]!
        const perSquare = scale * factor + area * byExtinctionSquare
        for (let j = 0; j < kernel.parameters.length; j++)
          if (wanted[kernel.parameters[j]!] === 1)
            slopes[structureColumn + j * count + r] = perSquare * kernel.slopes[j * count + r]!
        if (marchColumn >= 0) slopes[marchColumn + r] = area * byMarch
        if (absorptionColumn >= 0) slopes[absorptionColumn + r] = area * byAbsorption
        if (extinctionColumn >= 0) slopes[extinctionColumn + r] = area * byExtinction
        const rest = texture === 0 ? 0 : area / texture
        for (let i = 0; i < own.harmonics; i++)
          slopes[harmonicsColumn + i * count + r] = (untextured === 0 ? 0 : rest) * lines.harmonics![r * own.harmonics + i]!
      }
    },
  }
}

/** March and Dollase's factor into out[0]; returns d ln(factor) / dr. */
function marchFactor(cosSquares: Float64Array, r: number, out: Float64Array): number {
  let [sum, slope] = [0, 0]
  for (let i = 0; i < cosSquares.length; i++) {
    const c = cosSquares[i]!
    const base = r * r * c + (1 - c) / r
    const root = base ** -1.5
    sum += root
    slope += -1.5 * (root / base) * (2 * r * c - (1 - c) / (r * r))
  }
  out[0] = sum / cosSquares.length
  return slope / sum
}
