export * from './lcf/index.js'
export * from './metrics/index.js'
export * from './prePeaks/index.js'
