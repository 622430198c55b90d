export {
  createStaging,
  type LayerPeak,
  type StageShare,
  type Staging,
  type StagingOptions,
  type StagingResult,
} from './createStaging.js'
export { GRAPHITE_STAGES, type GraphiteStage } from './stages.js'
