export * from './background/index.js'
export * from './bragg/index.js'
export type { Pattern, PatternOptions } from './pattern.js'
export * from './profiles/index.js'
