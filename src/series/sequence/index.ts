export type { FrameFit, FrameFitter, Seed } from './fitFrame.js'
export type { FrameStatus } from './fitTable.js'
export type { FrameAccess, FrameSeries, FramesOf } from './frameSeries.js'
export { type SequenceOptions, type SequenceResult, sequence } from './sequence.js'
