export { identifyPhases } from './identifyPhases.js'
export type { CandidatePhase, IdentifiedPhase, IdentifiedPhases, IdentifyPhasesOptions } from './searchTypes.js'
