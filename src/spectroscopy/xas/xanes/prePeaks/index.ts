export { fitPrePeaks, type PrePeakFit, type PrePeakOptions, type PrePeakStart } from './fitPrePeaks.js'
export type { Estimate, PrePeakMoments } from './momentsOfPeaks.js'
export type { PreEdgeBaseline } from './prePeakModel.js'
export { type PreEdgeBaselineOptions, type PreEdgePeaks, subtractPreEdgeBaseline } from './subtractPreEdgeBaseline.js'
