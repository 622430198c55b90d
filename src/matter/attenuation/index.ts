export * from './attenuationLength.js'
export * from './createAttenuation.js'
export * from './penetrationDepth.js'
export * from './transmission.js'
