export * from './dataset.js'
export * from './electrochemistry.js'
export * from './unitCell.js'
