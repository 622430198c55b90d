import { OperandoError } from '../../../../core/errors.js'
import { assertFields } from '../../../../core/fields.js'
import type { Issue } from '../../../../core/issue.js'

/** A compound of known oxidation state. */
export interface OxidationStandard {
  /** Formal oxidation state of the element. */
  readonly state: number
  /** Energy of its edge, eV, by the same definition as that of the sample. */
  readonly edge: number
}

/** An oxidation state read off a calibration. */
export interface OxidationState {
  /** The state. */
  readonly state: number
  /** Standard error: scatter of the standards about their line, and the error of the edge; absent with two standards and an edge without error. */
  readonly sigma?: number | undefined
  /** eV per unit of the state. */
  readonly slope: number
  /** Edge of state 0, eV. */
  readonly intercept: number
  /** Root mean square distance of the standards from the line, eV, with n - 2 degrees of freedom; absent with two. */
  readonly scatter?: number | undefined
  /** `W_EXTRAPOLATED` where the edge lies beyond the standards. */
  readonly warnings: readonly Issue[]
}

/**
 * Oxidation state from an edge energy, by the straight line through standards (Kunzl's law). Standards must have the ligands and the coordination of the sample: covalence moves edges as
 * much as charge does.
 *
 * @param edge      Energy of the sample's edge, eV.
 * @param standards Two or more, with different states, their edges by the same definition.
 * @param edgeSigma Standard error of `edge`, eV. Default 0.
 * @throws OperandoError `E_ARGUMENT` for fewer than two standards, `E_SINGULAR` when all have one state or one edge, `E_NAN`.
 * @see V. Kunzl, Collect. Czech. Chem. Commun. 4 (1932) 213; N. R. Draper, H. Smith, Applied Regression Analysis (1998) 3.2 (inverse prediction)
 * @example
 * ```ts
 * import { oxidationState } from 'operando/spectroscopy'
 * const standards = [{ state: 2, edge: 8342.1 }, { state: 3, edge: 8343.9 }, { state: 4, edge: 8345.6 }]
 * const { state, sigma } = oxidationState(8344.76, standards)
 * console.log(state.toFixed(2), sigma)
 * ```
 */
export function oxidationState(edge: number, standards: readonly OxidationStandard[], edgeSigma = 0): OxidationState {
  if (!Array.isArray(standards) || standards.length < 2)
    throw new OperandoError(
      'E_ARGUMENT',
      `oxidationState: two standards or more were expected, found ${Array.isArray(standards) ? standards.length : typeof standards}.`,
    )
  for (const standard of standards) assertFields(standard, 'oxidationState: a standard', ['state', 'edge'])
  const list = standards as readonly OxidationStandard[]
  if (![edge, edgeSigma, ...list.flatMap(s => [s.state, s.edge])].every(Number.isFinite))
    throw new OperandoError('E_NAN', 'oxidationState: an edge or a state is no number.')
  const n = list.length
  const meanState = list.reduce((sum, s) => sum + s.state, 0) / n
  const meanEdge = list.reduce((sum, s) => sum + s.edge, 0) / n
  const spread = list.reduce((sum, s) => sum + (s.state - meanState) ** 2, 0)
  const slope = list.reduce((sum, s) => sum + (s.state - meanState) * (s.edge - meanEdge), 0) / spread
  if (!(spread > 0) || slope === 0)
    throw new OperandoError('E_SINGULAR', 'oxidationState: the standards must differ in state and in edge.')
  const state = meanState + (edge - meanEdge) / slope
  const misfit = list.reduce((sum, s) => sum + (s.edge - meanEdge - slope * (s.state - meanState)) ** 2, 0)
  const scatter = n > 2 ? Math.sqrt(misfit / (n - 2)) : undefined
  const variance = (scatter ?? 0) ** 2 * (1 + 1 / n + (state - meanState) ** 2 / spread) + edgeSigma ** 2
  const states = list.map(s => s.state)
  const [low, high] = [Math.min(...states), Math.max(...states)]
  const beyond = state < low || state > high
  return Object.freeze({
    state,
    ...(variance > 0 ? { sigma: Math.sqrt(variance) / Math.abs(slope) } : {}),
    slope,
    intercept: meanEdge - slope * meanState,
    ...(scatter === undefined ? {} : { scatter }),
    warnings: beyond
      ? [
          {
            code: 'W_EXTRAPOLATED' as const,
            message: `The state ${state.toFixed(2)} lies beyond the standards, ${low} to ${high}.`,
          },
        ]
      : [],
  })
}
