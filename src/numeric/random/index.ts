export * from './createRandom.js'
