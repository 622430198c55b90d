export * from './lcf/index.js'
