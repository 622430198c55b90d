export { type LatticeReference, latticeParameter } from './latticeParameter.js'
export { type LatticeTemperature, type LatticeTemperatureOptions, latticeTemperature } from './latticeTemperature.js'
export {
  type CollectorPeak,
  type HeatingAndDisplacement,
  type SeparateHeatingOptions,
  separateHeating,
} from './separateHeating.js'
export { type ThermalExpansion, thermalExpansion } from './thermalExpansion.js'
