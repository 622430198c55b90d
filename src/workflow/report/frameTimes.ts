import { frameWindows } from '../../series/synchronize/frameWindows.js'
import type { DiffractionAnalysis } from '../diffraction/analyseDiffraction.js'

/** Colours of phases that stay the same in all figures (Okabe and Ito). */
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']

/** Middles of the exposures in s, with the words for the axis. */
export function frameTimes({ run, options }: DiffractionAnalysis): { values: Float64Array; label: string; unit: string } {
  const { start, stop } = frameWindows(run, { timeMarks: options.timeMarks })
  return { values: start.map((t, i) => (t + stop[i]!) / 2), label: 'Time', unit: 's' }
}

/** The colour of a phase or line, the same in all figures. */
export const colorOf = (analysis: DiffractionAnalysis, owner: string): string => {
  const owners = [...analysis.phases.map(p => p.name), ...analysis.lines.map(l => l.name)]
  return COLORS[Math.max(0, owners.indexOf(owner)) % COLORS.length]!
}
