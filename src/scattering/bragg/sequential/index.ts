export { createSequential, type FrameUpdate, type LiveOptions, type LiveSequential } from './createSequential.js'
export { sequential } from './sequential.js'
export type {
  PhaseCouple,
  SequentialModel,
  SequentialOptions,
  SequentialResult,
  SmoothLattice,
  SmoothTest,
} from './sequentialTypes.js'
