export { createExafsFit, type ExafsFitPlan, type ExafsRunOptions } from './createExafsFit.js'
export { type ExafsFitter, exafsFitter, fitExafs } from './fitExafs.js'
export type {
  ExafsData,
  ExafsFitOptions,
  ExafsParameter,
  ExafsParameters,
  ExafsSet,
  ExafsTransform,
  FitPath,
  FitSpace,
  PathValue,
} from './fitTypes.js'
export type { ExafsCurve, ExafsCurves, ExafsFit, FittedPath, FittedSet, WithError } from './fittedTypes.js'
