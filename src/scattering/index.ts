export * from './profiles/index.js'
