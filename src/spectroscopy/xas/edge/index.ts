export { type EdgeDefinition, type EdgeEnergy, type FindE0Options, findE0 } from './findE0.js'
