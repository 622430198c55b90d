export {
  type FullProfWidths,
  fullProfWidths,
  type GsasWidths,
  gsasWidths,
  widthsOfFullProf,
  widthsOfGsas,
} from './conventions.js'
export { type LineWidthParameters, type LineWidths, lineWidths } from './lineWidths.js'
export { apparentStrain, type ScherrerOptions, scherrerSize } from './sizeAndStrain.js'
