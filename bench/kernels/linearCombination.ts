import { createLinearCombination } from 'operando/spectroscopy'
import type { Bench } from '../harness/bench.js'
import { normal, uniform } from '../harness/inputs.js'

const ENERGIES = 80

/** Three edges, and pixels that mix them with a little noise; a quarter of the amounts are zero. bench/peers/peers.py has the same. */
function stack(pixels: number): {
  energy: Float64Array
  references: { name: string; energy: Float64Array; mu: Float64Array }[]
  frames: Float32Array
} {
  const energy = Float64Array.from({ length: ENERGIES }, (_, i) => 8333 - 30 + (90 * i) / (ENERGIES - 1))
  const shapes = [
    [0, 1, 0.8],
    [2.5, 1.2, 0.5],
    [5, 1.5, 0.3],
  ] as const
  const references = shapes.map(([shift, width, line], j) => ({
    name: `${j}`,
    energy,
    mu: energy.map(e => {
      const x = e - 8333
      return 0.5 + Math.atan((x - shift) / width) / Math.PI + line * Math.exp(-(((x - shift - 5) / 4) ** 2))
    }),
  }))
  const amounts = uniform(41, pixels * 3)
  const noise = normal(43, 65536)
  const frames = new Float32Array(pixels * ENERGIES)
  for (let p = 0; p < pixels; p++) {
    const own = [0, 1, 2].map(j => (amounts[3 * p + j]! < 0.25 ? 0 : amounts[3 * p + j]!))
    const total = Math.max(1e-9, own[0]! + own[1]! + own[2]!)
    for (let i = 0; i < ENERGIES; i++) {
      const k = p * ENERGIES + i
      let sum = 0.01 * noise[k % 65536]!
      for (let j = 0; j < 3; j++) sum += (own[j]! / total) * references[j]!.mu[i]!
      frames[k] = sum
    }
  }
  return { energy, references, frames }
}

/** Non-negative fits of many spectra by three references, with errors and misfits. */
export const linearCombinationBench = (pixels: number): Bench => ({
  name: `linear combination ${pixels} x ${ENERGIES} x 3`,
  allocates: 'room for a chunk of frames',
  prepare() {
    const { energy, references, frames } = stack(pixels)
    const plan = createLinearCombination(energy, references, { negative: false })
    const out = plan.fitAll(frames)
    return () => {
      plan.fitAll(frames, out)
    }
  },
})

/** A small case for the guard; the large ones for the peers. */
export const linearCombination: readonly Bench[] = [linearCombinationBench(4096)]
