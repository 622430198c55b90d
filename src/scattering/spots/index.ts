export { createSpotFinder, type SpotFinder, type SpotFinderOptions } from './createSpotFinder.js'
export { type IndexedSpot, type IndexSpotsOptions, indexSpots, type RingLine, type RingPhase } from './indexSpots.js'
export type { Spot } from './spotTypes.js'
export { type SpotTrack, type TrackSpotsOptions, trackSpots } from './trackSpots.js'
