export * from './edge/index.js'
export * from './transform/index.js'
