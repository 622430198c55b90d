export { correlatedDebyeSigma2, createCorrelatedDebye, type DebyeModel, type DebyePath } from './correlatedDebyeSigma2.js'
export { einsteinSigma2 } from './einsteinSigma2.js'
export { fitThermalDisorder, type ThermalDisorder, type ThermalDisorderOptions, type ThermalModel } from './fitThermalDisorder.js'
export { reducedMass, type VibratingPath } from './reducedMass.js'
