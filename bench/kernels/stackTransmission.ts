import { createCell } from 'operando'
import { createBeamStack, transmissionOver } from 'operando/cell'
import type { Bench } from '../harness/bench.js'

const carbonate = { formula: 'C3H6O3', density: 1.07 }
const cell = createCell({
  format: 'pouch',
  layers: [
    { role: 'window', thickness: 50, material: { formula: 'C22H10N2O5', density: 1.42 } },
    { role: 'collector', electrode: 'working', thickness: 20, material: { formula: 'Al', density: 2.7 } },
    {
      role: 'electrode',
      electrode: 'working',
      thickness: 60,
      material: { components: [{ formula: 'LiNi0.8Mn0.1Co0.1O2', density: 4.75 }], porosity: 0.35, filling: [carbonate] },
    },
    { role: 'electrode', electrode: 'counter', thickness: 250, material: { formula: 'Li', density: 0.534 } },
  ],
  electrodes: { working: {}, counter: {} },
})

/** Transmission and absorbed shares of four layers over 1e4 energies. */
export const stackTransmissionBench: readonly Bench[] = [
  {
    name: 'stack transmission 1e4 energies',
    allocates: 'the exponents',
    async prepare() {
      const stack = await createBeamStack(cell)
      const energies = Float64Array.from({ length: 10_000 }, (_, i) => 5000 + 10 * i)
      const out = transmissionOver(stack, energies)
      return () => {
        transmissionOver(stack, energies, { out })
      }
    },
  },
]
