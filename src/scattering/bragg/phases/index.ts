export { createPhaseFit } from './createPhaseFit.js'
export type { Share } from './fractions.js'
export type { FitPhase, PhaseCurves, PhaseFit, PhaseFitOptions, PhaseFitResult, PhasePattern } from './phaseFitTypes.js'
export { type PhaseOfStructure, type PhaseOfStructureOptions, phaseOfStructure } from './phaseOfStructure.js'
