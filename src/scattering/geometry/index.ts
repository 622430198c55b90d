export { createGeometry, type Geometry, type GeometryInput, type Orientation, type Radians } from './createGeometry.js'
export { DETECTOR_NAMES, type Detector, detector, detectorMask } from './detectors.js'
export { type PixelMapOptions, type PixelQuantity, pixelMap } from './pixelMap.js'
export type { RadialAxis } from './radialAxis.js'
