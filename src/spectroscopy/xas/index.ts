export * from './background/index.js'
export * from './edge/index.js'
export * from './normalize/index.js'
export * from './transform/index.js'
