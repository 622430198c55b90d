export { CALIBRANT_NAMES, type Calibrant, type CalibrantLine, calibrant, calibrantLines } from './calibrants.js'
export { type RefineDistanceOptions, type RefinedDistance, refineDistance } from './refineDistance.js'
export { type GeometryParameter, type RefinedGeometry, type RefineGeometryOptions, refineGeometry } from './refineGeometry.js'
export type { RingPoint } from './ringPoints.js'
