import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Energy, type Length, toValue } from '../../core/quantity.js'
import type { BeamStack } from './beamStack.js'
import { type BeamPart, beamParts } from './holeShares.js'
import { type BeamLine, pathLengths } from './pathLengths.js'

/** Options of {@link stackTransmission} and {@link transmissionOver}. */
export interface TransmissionOptions extends BeamLine {
  /**
   * Size of the beam across a flat cell, horizontal and vertical full widths at half maximum of a Gaussian: numbers in µm. What passes beside a hole
   * meets its layer. Default: a pencil that passes all holes.
   */
  beam?: readonly [horizontal: Length, vertical: Length] | undefined
  /** Whether the beam goes where the holes are. Default true; false: beside them, through every layer. */
  throughHoles?: boolean | undefined
}

/** Their names, for `assertKnown`. */
export const TRANSMISSION_FIELDS: FieldsOf<TransmissionOptions> = { beam: true, throughHoles: true, tilt: true, offset: true }

/** What a layer does to the beam. */
export interface LayerTransmission {
  /** Name of the layer. */
  readonly name: string
  /** Path within it, µm; that beside the hole if it has one. */
  readonly path: number
  /** Attenuation coefficient times that path. */
  readonly exponent: number
  /** Share of the flux that arrives at it. In a round cell, whose layers are met again and again: 1 less what the layers before it in the list take. */
  readonly arriving: number
  /** Share of the flux before the cell that is taken out within it, absorbed or scattered. */
  readonly absorbed: number
  /** Share that leaves it. */
  readonly leaving: number
}

/** What a cell does to the beam. */
export interface StackTransmission {
  /** Photon energy, eV. */
  readonly energy: number
  /** Share of the flux that comes through. */
  readonly transmission: number
  /** Sum of attenuation coefficients times paths, holes not counted: mu t of the whole cell. */
  readonly exponent: number
  /** Layer by layer. Absorbed shares and transmission sum to 1. */
  readonly layers: readonly LayerTransmission[]
}

/** A beam that has been read: paths in µm, and its parts by the holes they pass. */
export interface ReadBeam {
  /** µm by layer. */
  readonly paths: Float64Array
  /** Shares of the flux and the layers they meet. */
  readonly parts: readonly BeamPart[]
}

/** The doors of all functions that send a beam through the cell. */
export function readBeam(stack: BeamStack, options: TransmissionOptions): ReadBeam {
  const { beam, throughHoles = true } = options
  const paths = pathLengths(stack, options)
  if (!throughHoles) return { paths, parts: [{ share: 1, meets: stack.layers.map(() => 1) }] }
  if (beam === undefined) return { paths, parts: beamParts(stack.layers) }
  if (stack.geometry.kind !== 'flat')
    throw new OperandoError(
      'E_ARGUMENT',
      `beam: ${stack.name} is round; a beam of some width is for flat cells. Sum over offsets.`,
    )
  const [horizontal, vertical] = beam.map(size => toValue(size, 'µm', 'beam') / 1000) as [number, number]
  if (!(horizontal > 0 && vertical > 0))
    throw new OperandoError('E_RANGE', `beam = ${horizontal * 1000} x ${vertical * 1000} µm: sizes above 0 expected.`)
  // a tilt about the vertical axis narrows the holes as the beam sees them
  const slant = paths[0]! / stack.layers[0]!.thickness
  return { paths, parts: beamParts(stack.layers, [horizontal * slant, vertical]) }
}

/**
 * Transmission of a cell at an energy, and what each layer takes.
 *
 * Exponential attenuation along the straight path: what is scattered counts as gone, as it is for a small beam and a far detector.
 * @param stack   The cell with its tables.
 * @param energy  A number in eV, or `'8.333 keV'`.
 * @param options Tilt, offset, beam, holes.
 * @throws OperandoError `E_RANGE` for an energy outside the table, a tilt or an offset without meaning, `E_ARGUMENT` for options of another geometry.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { createBeamStack, stackTransmission } from 'operando/cell'
 * const foil = { role: 'collector', electrode: 'working', material: { formula: 'Al', density: 2.7 } } as const
 * const cell = createCell({
 *   format: 'coin',
 *   layers: [{ ...foil, thickness: 20 }, { ...foil, name: 'lid', thickness: '0.5 mm', hole: '3 mm' }],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const stack = await createBeamStack(cell)
 * stackTransmission(stack, '8 keV').transmission // 0.762, through the hole
 * stackTransmission(stack, '8 keV', { throughHoles: false }).transmission // 0.0009
 * ```
 */
export function stackTransmission(stack: BeamStack, energy: Energy, options: TransmissionOptions = {}): StackTransmission {
  assertKnown(options, 'stackTransmission options', TRANSMISSION_FIELDS)
  const at = toValue(energy, 'eV', 'energy')
  const { paths, parts } = readBeam(stack, options)
  const count = stack.layers.length
  const exponents = Float64Array.from(stack.layers, (layer, i) => layer.attenuation.at(at) * paths[i]! * 1e-4)
  const absorbed = new Float64Array(count)
  const transmission = new Float64Array(1)
  sendThrough(exponents, parts, 1, transmission, absorbed)
  let arriving = 1
  const layers = stack.layers.map(({ name }, i): LayerTransmission => {
    const before = arriving
    // the rounding of many differences must not leave less than comes through
    arriving = i === count - 1 ? transmission[0]! : Math.max(0, arriving - absorbed[i]!)
    return { name, path: paths[i]!, exponent: exponents[i]!, arriving: before, absorbed: absorbed[i]!, leaving: arriving }
  })
  return { energy: at, transmission: transmission[0]!, exponent: exponents.reduce((sum, x) => sum + x, 0), layers }
}

/**
 * Kernel: transmission and absorbed shares over n energies.
 * @param exponents    Layers x n.
 * @param parts        Of the beam.
 * @param n            Energies.
 * @param transmission Receives n values.
 * @param absorbed     Receives layers x n values.
 */
export function sendThrough(
  exponents: Float64Array,
  parts: readonly BeamPart[],
  n: number,
  transmission: Float64Array,
  absorbed: Float64Array,
): void {
  const count = exponents.length / n
  transmission.fill(0)
  absorbed.fill(0)
  for (let p = 0; p < parts.length; p++) {
    const { share, meets } = parts[p]!
    for (let k = 0; k < n; k++) {
      let flux = share
      for (let i = 0; i < count; i++) {
        if (meets[i] === 0) continue
        const at = i * n + k
        // neither the little that a thin layer takes nor the little that a thick one leaves may lose its digits
        const x = exponents[at]!
        const left = x < 1 ? flux + flux * Math.expm1(-x) : flux * Math.exp(-x)
        absorbed[at]! += x < 1 ? -flux * Math.expm1(-x) : flux - left
        flux = left
      }
      transmission[k]! += flux
    }
  }
}
