export { lorentzFactor } from './lorentzFactor.js'
export { marchDollase } from './marchDollase.js'
export { plateAbsorption } from './plateAbsorption.js'
export { type Polarization, polarizationFactor } from './polarizationFactor.js'
