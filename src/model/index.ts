export * from './crystal/index.js'
export * from './dataset.js'
export * from './electrochemistry.js'
