export { type HeatmapOptions, heatmap } from './heatmap.js'
export { type LinePlotOptions, linePlot, type ReflectionRow } from './linePlot.js'
export type { SharedAxisOptions, TraceInput } from './seriesPanels.js'
