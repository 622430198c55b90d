export { type ParseFeffOptions, parseFeffPath } from './feffPath.js'
export { type FeffPathGeometry, type FeffPathsAtom, parseFeffPaths } from './feffPaths.js'
