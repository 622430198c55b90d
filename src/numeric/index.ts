export * from './fitResult.js'
export * from './signal/index.js'
