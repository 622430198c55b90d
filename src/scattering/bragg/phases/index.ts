export { createPhaseFit } from './createPhaseFit.js'
export type { FitPhase, PhaseCurves, PhaseFit, PhaseFitOptions, PhaseFitResult, PhasePattern } from './phaseFitTypes.js'
