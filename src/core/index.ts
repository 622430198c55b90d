export * from './arrays.js'
export * from './constants.js'
export * from './convert.js'
export * from './elements.js'
export * from './errors.js'
export * from './formula.js'
export {
  type AssumeZoneOptions,
  addSeconds,
  assumeZone,
  differenceSeconds,
  formatInstant,
  type Instant,
  instantFromUnix,
  type ZoneSource,
} from './instant.js'
export * from './issue.js'
export * from './parseInstant.js'
export * from './progress.js'
export * from './quantity.js'
export * from './unit.js'
export type { UnitPowers } from './unitTable.js'
export * from './version.js'
export type { Fold } from './zone.js'
