export { createPlating, type PlatedLithium, type Plating, type PlatingOptions } from './createPlating.js'
