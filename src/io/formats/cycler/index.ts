export { writeBdf } from './writeBdf.js'
