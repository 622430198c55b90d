import type { FitResult } from '../../../../numeric/fitResult.js'

/** A number and its standard error; no error where the fit does not determine it. */
export interface Estimate {
  /** The value. */
  readonly value: number
  /** Standard error. */
  readonly sigma?: number | undefined
}

/** What the pre-edge peaks are together. */
export interface PrePeakMoments {
  /** Mean of the centres weighted by area, eV. */
  readonly centroid: Estimate
  /** Sum of the areas, eV. */
  readonly area: Estimate
}

/**
 * Total area and centroid of fitted lines, with errors from the full covariance.
 * @param fit   With parameters `centre1`, `area1` ...
 * @param count Lines.
 */
export function momentsOfPeaks(fit: FitResult, count: number): PrePeakMoments {
  const value = (name: string): number => fit.parameters[name]!.value
  let area = 0
  let moment = 0
  for (let k = 1; k <= count; k++) {
    area += value(`area${k}`)
    moment += value(`area${k}`) * value(`centre${k}`)
  }
  const centroid = area > 0 ? moment / area : value('centre1')
  const ofArea: Record<string, number> = {}
  const ofCentroid: Record<string, number> = {}
  for (let k = 1; k <= count; k++) {
    ofArea[`area${k}`] = 1
    ofCentroid[`area${k}`] = area > 0 ? (value(`centre${k}`) - centroid) / area : 0
    ofCentroid[`centre${k}`] = area > 0 ? value(`area${k}`) / area : 1
  }
  return { centroid: estimate(fit, centroid, ofCentroid), area: estimate(fit, area, ofArea) }
}

/** Propagates the covariance of the varied parameters through a gradient. */
function estimate({ covariance, varied }: FitResult, value: number, gradient: Readonly<Record<string, number>>): Estimate {
  if (!covariance) return { value }
  const g = varied.map(name => gradient[name] ?? 0)
  const k = g.length
  let variance = 0
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) variance += g[i]! * g[j]! * covariance[i * k + j]!
  return variance > 0 ? { value, sigma: Math.sqrt(variance) } : { value }
}
