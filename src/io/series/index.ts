export { naturalOrder } from './naturalOrder.js'
export { type EvenGrid, type OpenSeriesOptions, openSeries } from './openSeries.js'
export { type SeriesAxes, type SeriesAxis, type SeriesOfOptions, type SeriesValues, seriesOf } from './seriesOf.js'
