import { erf } from '../../../../numeric/special/erf.js'
import { faddeevaAt } from '../../../../numeric/special/faddeeva.js'

const GAUSS = 2 * Math.sqrt(2 * Math.log(2))
const w = /* @__PURE__ */ new Float64Array(2)

/**
 * Adds a Voigt line of a given area. Kernel.
 * @param x          Energies.
 * @param centre     Of the line.
 * @param gaussian   FWHM of the Gaussian part, >= 0.
 * @param lorentzian FWHM of the Lorentzian part, >= 0; not both 0.
 * @param area       Its area.
 * @param out        Added to.
 */
export function addVoigt(
  x: Float64Array,
  centre: number,
  gaussian: number,
  lorentzian: number,
  area: number,
  out: Float64Array,
): void {
  const sigma = Math.max(gaussian, 1e-6 * lorentzian + 1e-12) / GAUSS
  const scale = 1 / (sigma * Math.SQRT2)
  const y = (lorentzian / 2) * scale
  const factor = (area * scale) / Math.sqrt(Math.PI)
  for (let i = 0; i < x.length; i++) {
    faddeevaAt((x[i]! - centre) * scale, y, w, 0, false)
    out[i]! += factor * w[0]!
  }
}

/** What the rising edge looks like beneath the pre-edge peaks. */
export type PreEdgeBaseline = 'arctan' | 'erf' | 'lorentzian'

/**
 * Adds the foot of the edge. Kernel. `arctan` and `erf` are steps from 0 to `height` of that full width between the quarters (arctan) or at half of the derivative (erf); `lorentzian` the tail of a
 * line of that height and full width.
 * @param kind   Which.
 * @param x      Energies.
 * @param centre Of the edge.
 * @param fwhm   Width, > 0.
 * @param height Of the step.
 * @param out    Added to.
 */
export function addEdgeFoot(
  kind: PreEdgeBaseline,
  x: Float64Array,
  centre: number,
  fwhm: number,
  height: number,
  out: Float64Array,
): void {
  const half = fwhm / 2
  const wide = fwhm / (2 * Math.sqrt(Math.log(2)))
  for (let i = 0; i < x.length; i++) {
    const t = x[i]! - centre
    if (kind === 'arctan') out[i]! += height * (0.5 + Math.atan(t / half) / Math.PI)
    else if (kind === 'erf') out[i]! += (height / 2) * (1 + erf(t / wide))
    else out[i]! += height / (1 + (t / half) ** 2)
  }
}
