import { createAttenuation } from 'operando/matter'
import type { Bench } from '../harness/bench.js'

/** Attenuation of a material of four elements over 1e4 energies, by a plan made once. */
export const materialPlan: readonly Bench[] = [
  {
    name: 'material plan 1e4 energies',
    allocates: 'a scratch array',
    async prepare() {
      const { over } = await createAttenuation({ formula: 'LiNi0.8Mn0.1Co0.1O2', density: 4.776 })
      const energies = Float64Array.from({ length: 10_000 }, (_, i) => 5000 + 10 * i)
      const out = new Float64Array(energies.length)
      return () => {
        over(energies, out)
      }
    },
  },
]
