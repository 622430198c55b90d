export { cellFromUnindexedPeaks } from './cellFromUnindexedPeaks.js'
export type {
  AssignedPeak,
  CellFromUnindexedPeaks,
  IndexingPhase,
  UnindexedPeak,
  UnindexedPeaksOptions,
} from './indexingTypes.js'
