import { erf } from '../../numeric/index.js'
import type { BeamLayer } from './beamStack.js'

/** Full width at half maximum over standard deviation of a Gaussian. */
const FWHM_OVER_SIGMA = 2 * Math.sqrt(2 * Math.LN2)

/** A part of the beam that passes the same layers. */
export interface BeamPart {
  /** Share of the flux, 0 to 1. */
  readonly share: number
  /** For each layer, whether this part meets it: 1, or 0 within its hole. */
  readonly meets: readonly number[]
}

/**
 * Share of a Gaussian beam that passes a round hole in its middle.
 * @param radius     Of the hole, mm.
 * @param horizontal Full width at half maximum, mm.
 * @param vertical   Full width at half maximum, mm.
 */
export function shareThroughHole(radius: number, horizontal: number, vertical: number): number {
  const sigmaX = horizontal / FWHM_OVER_SIGMA
  const sigmaY = vertical / FWHM_OVER_SIGMA
  // over x = radius sin t the integrand is smooth and periodic: the trapezoid converges faster than any power
  const reach = Math.min(radius, 9 * sigmaX)
  const steps = Math.ceil(64 + (12 * reach) / sigmaX)
  let sum = 0
  for (let k = 0; k < steps; k++) {
    const t = (Math.PI * (k + 0.5)) / steps - Math.PI / 2
    const x = reach * Math.sin(t)
    const height = Math.sqrt(radius * radius - x * x)
    sum += Math.exp((-x * x) / (2 * sigmaX * sigmaX)) * erf(height / (Math.SQRT2 * sigmaY)) * Math.cos(t)
  }
  return Math.min(1, (sum * Math.PI * reach) / (steps * sigmaX * Math.sqrt(2 * Math.PI)))
}

/**
 * Parts of the beam by which holes they pass; holes are taken as concentric with the beam.
 * @param layers The layers.
 * @param beam   Size of the beam, mm; absent: a pencil through all holes.
 */
export function beamParts(layers: readonly BeamLayer[], beam?: readonly [horizontal: number, vertical: number]): BeamPart[] {
  const within = (radius: number): number[] => layers.map(layer => (layer.hole !== undefined && layer.hole / 2 >= radius ? 0 : 1))
  if (!beam) return [{ share: 1, meets: within(0) }]
  const radii = [...new Set(layers.flatMap(layer => (layer.hole === undefined ? [] : [layer.hole / 2])))].sort((a, b) => a - b)
  let inside = 0
  const parts = radii.map(radius => {
    const share = shareThroughHole(radius, ...beam)
    const part = { share: share - inside, meets: within(radius) }
    inside = share
    return part
  })
  return [...parts, { share: 1 - inside, meets: layers.map(() => 1) }].filter(part => part.share > 0)
}
