import type { Circuit } from './createCircuit.js'
import type { CircuitNode } from './parseCircuit.js'
import type { ImpedanceSpectrum } from './spectrum.js'

/** What a spectrum shows at first sight. */
interface Sight {
  /** Resistance at the highest frequencies. */
  readonly first: number
  /** What is added down to the lowest. */
  readonly span: number
  /** Range of angular frequency. */
  readonly omega: readonly [number, number]
  /** Im Z at the lowest and the highest frequency. */
  readonly imaginary: readonly [number, number]
}

function sightOf({ frequency, real, imaginary }: ImpedanceSpectrum): Sight {
  let low = 0
  let high = 0
  for (let i = 1; i < frequency.length; i++) {
    if (frequency[i]! < frequency[low]!) low = i
    if (frequency[i]! > frequency[high]!) high = i
  }
  let least = Infinity
  let most = -Infinity
  let size = 0
  for (let i = 0; i < real.length; i++) {
    least = Math.min(least, real[i]!)
    most = Math.max(most, real[i]!)
    size = Math.max(size, Math.hypot(real[i]!, imaginary[i]!))
  }
  const first = least > 0 ? least : 1e-3 * size
  return {
    first,
    span: Math.max(most - first, 1e-2 * size),
    omega: [2 * Math.PI * frequency[low]!, 2 * Math.PI * frequency[high]!],
    imaginary: [imaginary[low]!, imaginary[high]!],
  }
}

/**
 * Start values from the look of a spectrum: resistances in series from its high-frequency end, parallels share its width, their time constants spread evenly
 * over the logarithm of the frequency range, diffusion from its low-frequency end.
 *
 * @param circuit  The circuit.
 * @param spectrum The spectrum.
 * @param places   Where in the range (0 = slow, 1 = fast) each branch of a parallel reacts. Default spread evenly, the first written the fastest.
 * @returns A value for each parameter.
 */
export function circuitStart(
  circuit: Circuit,
  spectrum: ImpedanceSpectrum,
  places?: readonly number[] | undefined,
): Float64Array {
  const sight = sightOf(spectrum)
  const [slow, fast] = sight.omega
  const count = groupsOf(circuit.root)
  const out = new Float64Array(circuit.parameters.length)
  let group = 0
  const omegaAt = (k: number): number => slow * (fast / slow) ** (places?.[k] ?? (count - k - 0.5) / count)
  const share = sight.span / Math.max(1, count)
  const visit = (node: CircuitNode, within: number | undefined): void => {
    if (node.kind !== 'element') {
      const own = node.kind === 'parallel' ? group++ : within
      for (const part of node.parts) visit(part, own)
      return
    }
    const resistance = within === undefined ? sight.first : share
    const omega = within === undefined ? slow : omegaAt(within)
    const { at, element } = node
    if (element === 'R') out[at] = resistance
    else if (element === 'C') out[at] = 1 / (omega * (within === undefined ? Math.max(-sight.imaginary[0], share) : resistance))
    else if (element === 'L') out[at] = Math.max(sight.imaginary[1], 1e-3 * sight.first) / fast
    else if (element === 'W') out[at] = Math.max(-sight.imaginary[0], 0.1 * share) * Math.sqrt(slow)
    else if (element === 'CPE') {
      out[at + 1] = within === undefined ? 0.6 : 0.85
      out[at] = omega ** -out[at + 1]! / (within === undefined ? Math.max(-sight.imaginary[0], share) : resistance)
    } else {
      out[at] = share
      out[at + 1] = 1 / (3 * slow)
    }
  }
  visit(circuit.root, undefined)
  return out
}

/** Parallels in a circuit, nested ones as well. */
export function groupsOf(node: CircuitNode): number {
  if (node.kind === 'element') return 0
  return node.parts.reduce((sum, part) => sum + groupsOf(part), node.kind === 'parallel' ? 1 : 0)
}
