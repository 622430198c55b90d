export { type DepthProfile, type DepthProfileOptions, depthProfile } from './depthProfile.js'
export { type FramesByPlace, type FramesByPlaceOptions, framesByPlace, type RecordedPlace } from './framesByPlace.js'
export { type GridMapOptions, gridMap } from './gridMap.js'
export { type RasterGrid, type RasterGridOptions, rasterGrid } from './rasterGrid.js'
