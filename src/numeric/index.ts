export * from './fitResult.js'
