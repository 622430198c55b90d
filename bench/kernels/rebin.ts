import { rebinOverlap } from 'operando/numeric'
import type { Bench } from '../harness/bench.js'
import { uniform } from '../harness/inputs.js'

const bins = 5000

/** Counts of 5000 bins shared out among 3001 others. */
export const rebin: readonly Bench[] = [
  {
    name: `rebin ${bins} ts`,
    prepare() {
      const edges = Float64Array.from({ length: bins + 1 }, (_, i) => i)
      const edgesOut = Float64Array.from({ length: 3002 }, (_, i) => i * (bins / 3001))
      const counts = uniform(5, bins)
      const out = new Float64Array(3001)
      return () => {
        rebinOverlap(edges, counts, edgesOut, out)
      }
    },
  },
]
