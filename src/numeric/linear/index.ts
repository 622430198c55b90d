export * from './correlationMatrix.js'
export * from './normalEquations.js'
