export * from './disorder/index.js'
export { type ChiOfPaths, type Ff2chiOptions, ff2chi, type PathWithValues } from './ff2chi.js'
export * from './fit/index.js'
export { PATH_PARAMETERS, type PathParameter } from './pathParameters.js'
