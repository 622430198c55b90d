export { cellFromUnindexedPeaks } from './cellFromUnindexedPeaks.js'
export type {
  AssignedPeak,
  CellFromUnindexedPeaks,
  IndexingLine,
  IndexingPhase,
  UnindexedPeak,
  UnindexedPeaksOptions,
} from './indexingTypes.js'
