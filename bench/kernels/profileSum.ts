import { PSEUDO_VOIGT } from 'operando/scattering'
import type { Bench } from '../harness/bench.js'
import { uniform } from '../harness/inputs.js'

const points = 5000
const reflections = 300
/** Widths to either side of a line that are computed. */
const reach = 30

/** A powder pattern: 300 pseudo-Voigts of varied width and mixing, each over 30 widths to either side, on 5000 points. */
export const profileSum: readonly Bench[] = [
  {
    name: `profile sum ${reflections} x ${points} ts`,
    prepare() {
      const x = Float64Array.from({ length: points }, (_, i) => 10 + (100 * i) / (points - 1))
      const step = x[1]! - x[0]!
      const centres = uniform(81, reflections)
        .sort()
        .map(u => 12 + 96 * u)
      const areas = uniform(82, reflections).map(u => 10 + 1000 * u * u)
      const shape = new Float64Array(2 * reflections)
      const from = new Int32Array(reflections)
      const to = new Int32Array(reflections)
      for (let r = 0; r < reflections; r++) {
        const fwhm = 0.1 + 0.001 * centres[r]!
        shape[2 * r] = fwhm
        shape[2 * r + 1] = 0.3 + 0.4 * (r / reflections)
        from[r] = Math.max(0, Math.ceil((centres[r]! - reach * fwhm - x[0]!) / step))
        to[r] = Math.min(points, Math.floor((centres[r]! + reach * fwhm - x[0]!) / step) + 1)
      }
      const out = new Float64Array(points)
      return () => {
        out.fill(0)
        for (let r = 0; r < reflections; r++) {
          PSEUDO_VOIGT.add(x, from[r]!, to[r]!, areas[r]!, centres[r]!, shape, 2 * r, out, null)
        }
      }
    },
  },
]
