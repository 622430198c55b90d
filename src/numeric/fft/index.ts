export * from './createFft.js'
export * from './createFft2.js'
export * from './frequencies.js'
export * from './shift.js'
