export { sequential } from './sequential.js'
export type {
  PhaseCouple,
  SequentialModel,
  SequentialOptions,
  SequentialResult,
  SmoothLattice,
  SmoothTest,
} from './sequentialTypes.js'
