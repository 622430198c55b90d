import type { CombinedProblem, ParameterInput } from '../../../numeric/leastSquares/types.js'
import { createLineEquations, type LineEquations } from './lineEquations.js'
import { FIRST_TERM, type PatternLayout } from './patternLayout.js'
import type { LineProfiles, PatternModel } from './patternModel.js'

/** A pattern against lines of intensities that the fit does not see. */
export interface LatticeProblem extends CombinedProblem {
  /** Intensities of all lines: held while places, widths and background are fitted. */
  readonly areas: Float64Array
  /** Pattern, n values; 0 where it does not count. */
  readonly y: Float64Array
  /** Square roots of the weights. */
  readonly weight: Float64Array
  /**
   * Whether residuals and derivatives are those that are left when the intensities follow: a fit then steps, and its covariance is, as if all were fitted together.
   * @param equations The equations of the intensities, or null to have them held.
   */
  follow(equations: LineEquations | null): void
  /** How the intensities of the groups change with each parameter: `count` values a parameter, as the last `follow`ed derivatives had it. */
  readonly response: () => Float64Array
  /** Which lines are seen, and how far they reach, at these parameters; their profiles. */
  begin(p: Float64Array): LineProfiles
  /** Pattern less background. */
  net(p: Float64Array, out: Float64Array): Float64Array
  /**
   * The equations of the intensities as they are.
   * @param profiles Profiles of area 1.
   * @param least    Lines of this intensity or less cannot follow. Default: all can.
   */
  equations(profiles: LineProfiles, least?: number): LineEquations
}

/**
 * The least-squares problem of a lattice refinement.
 * @param model  The model.
 * @param layout The parameters.
 * @param y      Pattern.
 * @param weight Square roots of the weights.
 */
export function createLatticeProblem(
  model: PatternModel,
  layout: PatternLayout,
  y: Float64Array,
  weight: Float64Array,
): LatticeProblem {
  const n = y.length
  const { inputs, terms } = layout
  const wanted = Uint8Array.from(inputs, ({ vary, tie }: ParameterInput) => (vary !== false || tie !== undefined ? 1 : 0))
  const areas = new Float64Array(layout.lines).fill(1)
  let followed: LineEquations | null = null
  let response = new Float64Array(0)

  /** Takes off a curve what the intensities would make good. */
  const project = (curve: Float64Array, { count, ...equations }: LineEquations, change = new Float64Array(count)): void => {
    equations.project(curve, weight, change)
    equations.solve(change)
    equations.subtract(change, weight, curve)
  }
  const projectColumns = (jacobian: Float64Array, equations: LineEquations): void => {
    const { count } = equations
    response = new Float64Array(count * inputs.length)
    for (let j = 0; j < inputs.length; j++) {
      if (wanted[j] === 0) continue
      project(jacobian.subarray(j * n, (j + 1) * n), equations, response.subarray(j * count, (j + 1) * count))
    }
  }

  return {
    points: n,
    areas,
    y,
    weight,
    response: () => response,
    follow(equations) {
      followed = equations
    },
    begin(p) {
      model.settle(p, weight)
      return model.profiles(p)
    },
    net(p, out) {
      model.addBackground(p, out.fill(0))
      for (let i = 0; i < n; i++) out[i] = y[i]! - out[i]!
      return out
    },
    equations: (profiles, least) => createLineEquations(profiles, model.centre, weight, areas, least),
    evaluate(p, residual, jacobian) {
      residual.fill(0)
      jacobian?.fill(0)
      model.addLines(p, areas, residual, jacobian, wanted)
      model.addBackground(p, residual)
      for (let i = 0; i < n; i++) residual[i] = (residual[i]! - y[i]!) * weight[i]!
      if (followed) project(residual, followed)
      if (jacobian === null) return
      jacobian.set(model.polynomials, FIRST_TERM * n)
      for (let j = 0; j < inputs.length; j++) {
        if (wanted[j] === 0 && (j < FIRST_TERM || j >= FIRST_TERM + terms)) continue
        for (let i = 0; i < n; i++) jacobian[j * n + i]! *= weight[i]!
      }
      if (followed) projectColumns(jacobian, followed)
    },
  }
}
