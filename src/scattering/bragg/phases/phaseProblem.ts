import { asFloat64 } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import type { CombinedProblem } from '../../../numeric/leastSquares/types.js'
import type { PhaseCurves, PhaseFitOptions, PhasePattern } from './phaseFitTypes.js'
import { addPhase, createScratch, type PhaseRadiation } from './phaseModel.js'
import type { PhaseParameters } from './phaseParameters.js'

/** The least-squares problem of a pattern that can be exchanged. */
export interface PhaseProblem extends CombinedProblem {
  /** Takes another pattern; returns how many points have a weight. */
  load(pattern: PhasePattern): number
  /**
   * To be called before each fit: settles anew how far each line reaches.
   * @param scalesOnly Whether all but scales and background is held.
   */
  begin(scalesOnly: boolean): void
  /** The model of given parameters, taken apart. */
  curves(parameters: Float64Array, names: readonly string[]): PhaseCurves
}

/**
 * The source of the options.
 * @param options Wavelength, doublet, polarisation.
 */
export function radiationOf({
  doublet,
  wavelength = doublet?.wavelengths[0],
  polarization = 0,
}: Pick<PhaseFitOptions, 'doublet' | 'wavelength' | 'polarization'>): PhaseRadiation {
  if (wavelength === undefined || !(wavelength > 0)) {
    throw new OperandoError('E_RANGE', `wavelength is ${wavelength}: a positive number of Å expected.`)
  }
  const ratio = doublet?.ratio ?? 0
  const lines = [{ wavelength, weight: 1 / (1 + ratio) }]
  if (doublet)
    lines.push({ wavelength: (wavelength * doublet.wavelengths[1]) / doublet.wavelengths[0], weight: ratio / (1 + ratio) })
  return { lines, polarization }
}

/**
 * Phases on a Chebyshev background against a pattern, with analytic derivatives.
 * @param x         2theta in degrees, rising.
 * @param layout    The parameters.
 * @param radiation The source.
 */
export function createPhaseProblem(x: Float64Array, layout: PhaseParameters, radiation: PhaseRadiation): PhaseProblem {
  const { inputs, model, shared, firstTerm } = layout
  const n = x.length
  const terms = inputs.length - firstTerm
  const polynomials = chebyshevColumns(x, terms)
  const scratch = createScratch(n, model)
  const y = new Float64Array(n)
  const weight = new Float64Array(n)
  const addBackground = (p: Float64Array, out: Float64Array): void => {
    for (let k = 0; k < terms; k++) {
      const coefficient = p[firstTerm + k]!
      for (let i = 0; i < n; i++) out[i]! += coefficient * polynomials[k * n + i]!
    }
  }
  return {
    points: n,
    evaluate(p, residual, jacobian) {
      residual.fill(0)
      jacobian?.fill(0)
      for (const phase of model) addPhase(x, phase, p, shared, radiation, residual, jacobian, scratch)
      addBackground(p, residual)
      for (let i = 0; i < n; i++) residual[i] = (residual[i]! - y[i]!) * weight[i]!
      if (jacobian === null) return
      jacobian.set(polynomials, firstTerm * n)
      for (let j = 0; j < inputs.length; j++) for (let i = 0; i < n; i++) jacobian[j * n + i]! *= weight[i]!
    },
    load: pattern => loadPattern(pattern, y, weight),
    begin(scalesOnly) {
      scratch.windows.clear()
      scratch.scalesOnly = scalesOnly
    },
    curves(p, names) {
      scratch.windows.clear()
      const background = new Float64Array(n)
      addBackground(p, background)
      const calculated = background.slice()
      const phases: Record<string, Float64Array> = {}
      for (const [i, phase] of model.entries()) {
        const part = new Float64Array(n)
        addPhase(x, phase, p, shared, radiation, part, null, scratch)
        phases[names[i]!] = part
        for (let k = 0; k < n; k++) calculated[k]! += part[k]!
      }
      return { calculated, background, phases }
    },
  }
}

function chebyshevColumns(x: Float64Array, terms: number): Float64Array {
  const n = x.length
  const columns = new Float64Array(n * terms)
  for (let i = 0; i < n; i++) {
    const t = (2 * (x[i]! - x[0]!)) / (x[n - 1]! - x[0]!) - 1
    for (let k = 0; k < terms; k++) {
      columns[k * n + i] = k === 0 ? 1 : k === 1 ? t : 2 * t * columns[(k - 1) * n + i]! - columns[(k - 2) * n + i]!
    }
  }
  return columns
}

/**
 * Enters a pattern.
 * @param pattern Intensity, sigma, mask.
 * @param y       Receives the intensity; 0 where masked.
 * @param weight  Receives 1 / sigma; 0 where masked.
 * @returns How many points have a weight.
 * @throws OperandoError `E_RANGE` for a point that is no number or has no positive sigma, and is not masked.
 */
export function loadPattern({ intensity, sigma, mask }: PhasePattern, y: Float64Array, weight: Float64Array): number {
  const n = y.length
  const values = asFloat64(intensity, 'intensity', { length: n, allowNaN: mask !== undefined })
  const given = sigma && asFloat64(sigma, 'sigma', { length: n, allowNaN: mask !== undefined })
  let count = 0
  for (let i = 0; i < n; i++) {
    const good = !mask?.[i]
    const s = given ? given[i]! : Math.sqrt(Math.max(values[i]!, 1))
    if (good && !(s > 0 && Number.isFinite(values[i]))) {
      throw new OperandoError(
        'E_RANGE',
        `Point ${i} is ${values[i]} with sigma ${s}: a number with a positive sigma expected. Mask points of unknown weight.`,
      )
    }
    y[i] = good ? values[i]! : 0
    weight[i] = good ? 1 / s : 0
    if (good) count++
  }
  return count
}
