export * from './clock/index.js'
export * from './correlate/index.js'
export * from './sequence/index.js'
export * from './synchronize/index.js'
