export * from './bragg/index.js'
export * from './profiles/index.js'
