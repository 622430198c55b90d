export * from './derivative.js'
export * from './integrate.js'
