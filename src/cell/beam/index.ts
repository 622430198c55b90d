export { type AbsorptionFactor, type AbsorptionOptions, absorptionFactor } from './absorptionFactor.js'
export { type BeamLayer, type BeamStack, type BeamStackOptions, createBeamStack } from './beamStack.js'
export { type BeamLine, pathLengths } from './pathLengths.js'
export type { ScatteredRays } from './scatteredRays.js'
export { type ScatteringPaths, type ScatteringPoint, scatteringPaths } from './scatteringPaths.js'
export {
  type LayerTransmission,
  type StackTransmission,
  stackTransmission,
  type TransmissionOptions,
} from './stackTransmission.js'
export { type BeamSpectrum, type SpectrumThrough, throughSpectrum } from './throughSpectrum.js'
export { type TransmissionOver, type TransmissionOverOptions, transmissionOver } from './transmissionOver.js'
