export {
  type LayerBackground,
  type ScatteringBackground,
  type ScatteringBackgroundOptions,
  scatteringBackground,
} from './scatteringBackground.js'
