export { mechanism } from './mechanism.js'
export type {
  Hysteresis,
  Mechanism,
  MechanismInterval,
  MechanismOptions,
  MiscibilityGap,
  ModelScore,
  Trends,
  Verdict,
} from './mechanismTypes.js'
export { tradingLines } from './tradingLines.js'
