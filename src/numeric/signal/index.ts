export * from './histogram.js'
export * from './rebinOverlap.js'
