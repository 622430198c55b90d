export { naturalOrder } from './naturalOrder.js'
export { type FrameTable, openFrameTable } from './openFrameTable.js'
export { type EvenGrid, type OpenSeriesOptions, openSeries } from './openSeries.js'
export { type SeriesAxes, type SeriesAxis, type SeriesOfOptions, type SeriesValues, seriesOf } from './seriesOf.js'
