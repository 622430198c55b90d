export type { PoniSettings } from './poniSettings.js'
export { writePoni } from './writePoni.js'
