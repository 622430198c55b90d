export {
  calibrateEnergy,
  type EnergyCalibration,
  type EnergyCalibrationLine,
  type EnergyCalibrationOptions,
} from './calibrateEnergy.js'
export { depthProfileOfStack, type StackProfile, type StackProfileOptions, type StackReference } from './depthProfileOfStack.js'
export { type EdxrdLine, type EdxrdLinesOptions, edxrdLines } from './edxrdLines.js'
export { type EnergyResolution, energyOfSpacing, energyWidth, spacingOfEnergy } from './energyAxis.js'
export {
  type EnergyExplanation,
  type EnergyLine,
  type EnergyPhase,
  type ExplainEnergiesOptions,
  type ExplainedEnergy,
  explainEnergies,
} from './explainEnergies.js'
export { type FitLayerInput, type FittedLayer, fitLayer } from './fitLayer.js'
export { type GaugeVolume, type GaugeVolumeOptions, gaugeVolume } from './gaugeVolume.js'
