export { type DomainSizeOptions, domainSize } from './domainSize.js'
export type { InstrumentOptions, MeasuredLine } from './measuredLine.js'
export {
  type FrameQuantity,
  type SeriesColumn,
  type SeriesLine,
  type SizeAndStrainSeries,
  type SizeAndStrainSeriesOptions,
  sizeAndStrainSeries,
} from './sizeAndStrainSeries.js'
export {
  type CollectorLine,
  type TemperatureSeries,
  type TemperatureSeriesOptions,
  type Thermometer,
  temperatureSeries,
} from './temperatureSeries.js'
export {
  type WilliamsonHall,
  type WilliamsonHallOptions,
  type WilliamsonHallPoint,
  williamsonHall,
} from './williamsonHall.js'
