export * from './createRefraction.js'
export * from './criticalAngle.js'
export * from './refractiveIndex.js'
