export * from './attenuation/index.js'
export * from './composition.js'
export * from './createAnomalous.js'
export * from './createComptonProfile.js'
export * from './createFormFactor.js'
export * from './createIncoherentFunction.js'
export * from './createPhotoionisation.js'
export * from './edges.js'
export * from './electrons/index.js'
export * from './elementData.js'
export * from './emissionLines.js'
export * from './formula/index.js'
export {
  type AttenuationKind,
  type AttenuationOptions,
  type AttenuationTable,
  createMassAttenuation,
  type MassAttenuation,
  massAttenuation,
} from './massAttenuation.js'
export type * from './material.js'
export * from './materials/index.js'
export * from './refraction/index.js'
export * from './resolveMaterial.js'
export type { EnergyCurve, TabulatedCurve } from './tabulatedCurve.js'
