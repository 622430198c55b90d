import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { CIRCUIT_ELEMENTS, type CircuitElementKind } from './circuitElements.js'
import { type CircuitNode, parseCircuit } from './parseCircuit.js'
import { createImpedance, type ImpedanceSpectrum } from './spectrum.js'

/** A parameter of a circuit. */
export interface CircuitParameter {
  /** `R1`, `CPE1.Q`, `Wo1.tau` ... */
  readonly name: string
  /** What kind of element it belongs to. */
  readonly element: CircuitElementKind
  /** Its unit. */
  readonly unit: string
}

/** An equivalent circuit, ready to be evaluated again and again. */
export interface Circuit {
  /** As it was written. */
  readonly text: string
  /** Its parameters, in the order of the text. */
  readonly parameters: readonly CircuitParameter[]
  /** The tree. */
  readonly root: CircuitNode
  /**
   * Kernel: the impedance at n frequencies, and its derivatives.
   * @param parameters All parameters, in order, > 0.
   * @param omega      Angular frequencies in rad/s, n values.
   * @param out        Receives re, im of each, 2 n values: all re first.
   * @param jacobian   Receives the derivatives, 2 n x (number of parameters), column-major; null for none.
   */
  evaluate(parameters: Float64Array, omega: Float64Array, out: Float64Array, jacobian: Float64Array | null): void
  /**
   * The spectrum of given values.
   * @param values    Every parameter by name.
   * @param frequency Frequencies in Hz.
   * @throws OperandoError `E_MISSING` for a parameter without value, `E_RANGE` for one that is not positive.
   */
  impedance(values: Readonly<Record<string, number>>, frequency: NumbersLike): ImpedanceSpectrum
}

/** A node with its place in the work arrays, and those of its parts. */
interface Placed {
  readonly node: CircuitNode
  readonly index: number
  readonly parts: readonly Placed[]
}

/**
 * Reads an equivalent circuit from text: elements with a number each, `-` in series, `p(a,b)` in parallel. Elements: `R`, `C`, `L`, constant phase `CPE`
 * (parameters Q, n), semi-infinite Warburg `W` (sigma), finite-length open `Wo` and short `Ws` (Z0, tau).
 *
 * @param text Such as `R0-p(R1,CPE1)-W1` (Randles' circuit without the Warburg in the branch) or `L0-R0-p(R1-W1,C1)`.
 * @throws OperandoError `E_FORMAT` that tells the place of a mistake.
 * @example
 * ```ts
 * import { createCircuit } from 'operando/cell'
 * const circuit = createCircuit('R0-p(R1,C1)')
 * circuit.impedance({ R0: 10, R1: 100, C1: 1e-5 }, [0.01]).real // [110.0]
 * ```
 */
export function createCircuit(text: string): Circuit {
  const { root } = parseCircuit(text)
  const parameters: CircuitParameter[] = []
  let nodes = 0
  const place = (node: CircuitNode): Placed => {
    const parts = node.kind === 'element' ? [] : node.parts.map(place)
    if (node.kind === 'element')
      for (const p of CIRCUIT_ELEMENTS[node.element].parameters)
        parameters.push({ name: node.name + p.suffix, element: node.element, unit: p.unit })
    return { node, index: nodes++, parts }
  }
  const tree = place(root)
  const z = new Float64Array(2 * nodes) // impedance of each node
  const s = new Float64Array(2 * nodes) // dZ(whole) / dZ(node)
  const dz = new Float64Array(2 * parameters.length)
  const one = new Float64Array(2)
  const derivatives = new Float64Array(4)

  const up = (placed: Placed, omega: number, p: Float64Array): void => {
    const { node, index, parts } = placed
    if (node.kind === 'element') {
      const model = CIRCUIT_ELEMENTS[node.element]
      model.evaluate(omega, p, node.at, one, derivatives)
      z[2 * index] = one[0]!
      z[2 * index + 1] = one[1]!
      for (let k = 0; k < 2 * model.parameters.length; k++) dz[2 * node.at + k] = derivatives[k]!
      return
    }
    let re = 0
    let im = 0
    for (const part of parts) {
      up(part, omega, p)
      const a = z[2 * part.index]!
      const b = z[2 * part.index + 1]!
      const size = node.kind === 'series' ? 1 : a * a + b * b
      re += a / size
      im += node.kind === 'series' ? b : -b / size
    }
    const size = node.kind === 'series' ? 1 : re * re + im * im
    z[2 * index] = re / size
    z[2 * index + 1] = node.kind === 'series' ? im : -im / size
  }

  const down = ({ node, index, parts }: Placed): void => {
    for (const part of parts) {
      let fr = 1
      let fi = 0
      if (node.kind === 'parallel') {
        // dZ / dZ_part = (Z / Z_part)²
        const a = z[2 * part.index]!
        const b = z[2 * part.index + 1]!
        const size = a * a + b * b
        const qr = (z[2 * index]! * a + z[2 * index + 1]! * b) / size
        const qi = (z[2 * index + 1]! * a - z[2 * index]! * b) / size
        fr = qr * qr - qi * qi
        fi = 2 * qr * qi
      }
      s[2 * part.index] = s[2 * index]! * fr - s[2 * index + 1]! * fi
      s[2 * part.index + 1] = s[2 * index]! * fi + s[2 * index + 1]! * fr
      down(part)
    }
  }

  const leaves: { index: number; at: number; count: number }[] = []
  const collect = ({ node, index, parts }: Placed): void => {
    if (node.kind === 'element') leaves.push({ index, at: node.at, count: CIRCUIT_ELEMENTS[node.element].parameters.length })
    parts.forEach(collect)
  }
  collect(tree)

  const evaluate = (p: Float64Array, omega: Float64Array, out: Float64Array, jacobian: Float64Array | null): void => {
    const n = omega.length
    for (let i = 0; i < n; i++) {
      up(tree, omega[i]!, p)
      out[i] = z[2 * tree.index]!
      out[n + i] = z[2 * tree.index + 1]!
      if (jacobian === null) continue
      s[2 * tree.index] = 1
      s[2 * tree.index + 1] = 0
      down(tree)
      for (const { index, at, count } of leaves) {
        const a = s[2 * index]!
        const b = s[2 * index + 1]!
        for (let k = at; k < at + count; k++) {
          jacobian[2 * n * k + i] = a * dz[2 * k]! - b * dz[2 * k + 1]!
          jacobian[2 * n * k + n + i] = a * dz[2 * k + 1]! + b * dz[2 * k]!
        }
      }
    }
  }

  const impedance = (values: Readonly<Record<string, number>>, frequency: NumbersLike): ImpedanceSpectrum => {
    const given = Float64Array.from(parameters, ({ name, unit }) => {
      const value = values[name]
      if (value === undefined)
        throw new OperandoError(
          'E_MISSING',
          `${name} has no value: circuit '${text}' has the parameters ${parameters.map(p => p.name).join(', ')}.`,
          { details: { missing: name } },
        )
      if (!(value > 0 && value < Infinity))
        throw new OperandoError('E_RANGE', `${name} is ${value} ${unit}: more than 0 expected.`, { details: { name, value } })
      return value
    })
    const f = asFloat64(frequency, 'frequency')
    const out = new Float64Array(2 * f.length)
    evaluate(
      given,
      f.map(v => 2 * Math.PI * v),
      out,
      null,
    )
    return createImpedance({ frequency: f, real: out.slice(0, f.length), imaginary: out.slice(f.length) })
  }
  return { text, parameters, root, evaluate, impedance }
}
