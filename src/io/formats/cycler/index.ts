export type { CyclerQuantity } from './quantities.js'
export { writeBdf } from './writeBdf.js'
