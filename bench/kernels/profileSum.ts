import { sumPseudoVoigts } from 'operando/scattering'
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
    // doubles handed from line to line to functions that the engine does not inline: 16 bytes each, no arrays
    allocates: 'boxed numbers',
    prepare() {
      const x = Float64Array.from({ length: points }, (_, i) => 10 + (100 * i) / (points - 1))
      const centre = uniform(81, reflections)
        .sort()
        .map(u => 12 + 96 * u)
      const area = uniform(82, reflections).map(u => 10 + 1000 * u * u)
      const fwhm = centre.map(c => 0.1 + 0.001 * c)
      const eta = centre.map((_, r) => 0.3 + 0.4 * (r / reflections))
      const out = new Float64Array(points)
      return () => {
        sumPseudoVoigts(x, { area, centre, fwhm, eta }, { reach, out })
      }
    },
  },
]
