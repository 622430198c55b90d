export * from './electrochemistry/index.js'
