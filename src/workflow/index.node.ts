export * from './index.js'
export {
  type OperandoDiffractionConfig,
  type OperandoDiffractionResult,
  operandoDiffraction,
  type ReportFiles,
} from './operandoDiffraction.node.js'
