export { createGrazing, type Grazing } from './createGrazing.js'
