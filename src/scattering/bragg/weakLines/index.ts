export { measureWeakLines, type WeakLine, type WeakLinesOptions } from './measureWeakLines.js'
export { type StackFramesOptions, stackFrames } from './stackFrames.js'
