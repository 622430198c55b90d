export { createExafsFit, type ExafsFitPlan, type ExafsRunOptions } from './createExafsFit.js'
export { type ExafsFitter, exafsFitter, fitExafs } from './fitExafs.js'
export type {
  ExafsCurve,
  ExafsCurves,
  ExafsData,
  ExafsFit,
  ExafsFitOptions,
  ExafsParameter,
  ExafsParameters,
  ExafsSet,
  ExafsTransform,
  FitPath,
  FitSpace,
  FittedPath,
  FittedSet,
  PathValue,
  WithError,
} from './fitTypes.js'
