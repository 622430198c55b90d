export { type OpenedFrames, type OpenFramesOptions, openFrames } from './frames/openFrames.node.js'
export * from './index.js'
// these take paths too, and stand before the browser-safe ones of the same name
export { type NodeOpenInput, open, openDataset, openElectrochemistry, openFrameTable } from './open.node.js'
export { type NodeSaveOptions, save } from './save.node.js'
export { type NodeOpenSeriesOptions, openSeries } from './series/openSeries.node.js'
