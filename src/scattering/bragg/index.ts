export * from './simulatePattern.js'
