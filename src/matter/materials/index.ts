export { findMaterial, listMaterials } from './findMaterial.js'
export { formulaOfMasses } from './formulaOfMasses.js'
export type { CrystalCell, ListedMaterial } from './listedMaterial.js'
