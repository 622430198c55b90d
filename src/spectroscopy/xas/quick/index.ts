export { type AveragedScans, type AveragedSpectrum, type AverageScansOptions, averageScans } from './averageScans.js'
export { type BinnedScan, createQuickBinning, type QuickBinning } from './createQuickBinning.js'
export { type DetectorLag, type DetectorLagOptions, detectorLag, removeLag } from './detectorLag.js'
export { type HalfScan, type SplitHalfScansOptions, splitHalfScans } from './splitHalfScans.js'
