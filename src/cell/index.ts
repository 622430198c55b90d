export * from './beam/index.js'
export * from './dose/index.js'
export * from './electrochemistry/index.js'
export * from './thermometry/index.js'
