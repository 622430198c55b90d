export type { Mechanism, Trends, Verdict } from '../scattering/bragg/mechanism/mechanismTypes.js'
export {
  analyseDiffraction,
  type DiffractionAnalysis,
  type FailedFrame,
  type SettledOptions,
} from './diffraction/analyseDiffraction.js'
export type { ClockConfig, DiffractionOptions, LatticePhaseConfig, LineConfig, StructurePhase } from './diffraction/config.js'
export { type FindLinesOptions, findLines } from './diffraction/findLines.js'
export type { LineGroup } from './diffraction/fitLines.js'
export type { PhaseSequence } from './diffraction/fitPhases.js'
export type { ClockFinding, TrendClock } from './diffraction/relateRun.js'
export type { UnexplainedLine } from './diffraction/unexplainedLines.js'
export { findingsOf } from './report/findings.js'
export { formatUncertain } from './report/formatUncertain.js'
export { overviewFigure } from './report/overviewFigure.js'
export { type ReportOptions, reportHtml } from './report/reportHtml.js'
export { resultContent } from './report/resultContent.js'
export { resultTable } from './report/resultTable.js'
