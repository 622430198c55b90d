export * from './transform/index.js'
