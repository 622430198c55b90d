export * from './fft/index.js'
export * from './fitResult.js'
export * from './signal/index.js'
