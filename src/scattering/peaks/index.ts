export { estimateNoise } from './estimateNoise.js'
export { type FindPeaksOptions, type FoundPeak, findPeaks } from './findPeaks.js'
export { type PeakWidths, type Prominences, peakProminences, peakWidths } from './prominence.js'
