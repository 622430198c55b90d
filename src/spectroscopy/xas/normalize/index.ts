export { createPreEdge, type PreEdgeCurves, type PreEdgePlan, type PreEdgePlanOptions } from './createPreEdge.js'
export type { EdgePlaces, EdgeRangeOptions, EdgeRanges, LarchDefaults } from './edgeRanges.js'
export { type PreEdge, type PreEdgeOptions, preEdge } from './preEdge.js'
