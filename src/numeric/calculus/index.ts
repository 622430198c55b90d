export * from './derivative.js'
export * from './gaussLegendre.js'
export * from './integrate.js'
