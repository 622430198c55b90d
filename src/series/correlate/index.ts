export { pearson } from './pearson.js'
