import { HBAR2_OVER_2M } from '../../core/constants.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Angle } from '../../core/quantity.js'
import { edges } from '../../matter/index.js'
import type { BeamStack } from '../beam/beamStack.js'
import { pathLengths } from '../beam/pathLengths.js'
import { type EdgeChoice, edgeEnergy, sidesOf, studiedLayer } from './edgeJump.js'

/** Options of {@link hiddenEdges}. */
export interface HiddenEdgesOptions extends EdgeChoice {
  /** Name of the layer that is studied. Default: the electrode with most of the element. */
  readonly layer?: string | undefined
  /** Range of the spectrum against the edge, eV. Default -200 to 1000. */
  readonly range?: readonly [below: number, above: number] | undefined
  /** Smallest step in μ t of another edge that matters. Default 0.005. */
  readonly smallest?: number | undefined
  /** Flat cells: tilt in degrees. Default that of the cell. */
  readonly tilt?: Angle | undefined
}

const OPTIONS: FieldsOf<HiddenEdgesOptions> = { layer: true, range: true, smallest: true, tilt: true, element: true, edge: true }

/** Something in the cell that stands in the way of a spectrum. */
export interface HiddenEdge {
  /** `same element`: another layer holds the element too, its spectrum lies upon that of the electrode. `edge in range`: an edge of another element. */
  readonly kind: 'same element' | 'edge in range'
  /** The layer that holds it. */
  readonly layer: string
  /** The element. */
  readonly element: string
  /** Its edge. */
  readonly edge: string
  /** Energy of that edge, eV. */
  readonly energy: number
  /** Step in μ t that it makes. */
  readonly jump: number
  /** That step over the jump of the layer that is studied. */
  readonly ratio: number
  /** Largest photoelectron wavenumber that it leaves undisturbed, 1/Å, for edges above. */
  readonly kMax?: number | undefined
  /** What it means and what helps. */
  readonly sentence: string
}

/**
 * What hides an edge: the same element in a collector or the other electrode (a copper collector before copper in the electrode), and edges of other elements within
 * the spectrum, the electrode's own too (Mn, Co, Ni one after the other).
 *
 * A layer with a hole for the beam is passed by it and hides nothing.
 * @param stack   The cell with its tables.
 * @param options Element, edge, layer, range.
 * @returns Worst first.
 * @throws OperandoError `E_MISSING` for an element that is not in the cell, or an edge that it does not have.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { createBeamStack, hiddenEdges } from 'operando/cell'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [
 *     { role: 'electrode', electrode: 'working', thickness: 30, material: { formula: 'CuO', density: 3 } },
 *     { role: 'collector', electrode: 'counter', name: 'foil', thickness: 10, material: { formula: 'Cu', density: 8.96 } },
 *   ],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const [worst] = await hiddenEdges(await createBeamStack(cell), { element: 'Cu' })
 * worst?.sentence // foil holds Cu too: ...
 * ```
 */
export async function hiddenEdges(stack: BeamStack, options: HiddenEdgesOptions): Promise<HiddenEdge[]> {
  assertKnown(options, 'hiddenEdges options', OPTIONS)
  const { element, edge = 'K', range = [-200, 1000], smallest = 0.005, tilt } = options
  const energy = await edgeEnergy(options)
  const index = studiedLayer(stack, element, options.layer)
  const paths = pathLengths(stack, { tilt })
  const stepOf = (i: number, at: number): number => sidesOf(stack.layers[i]!, at).jump * paths[i]! * 1e-4
  const own = stepOf(index, energy)
  const found: HiddenEdge[] = []
  for (const [i, layer] of stack.layers.entries()) {
    if (layer.hole !== undefined) continue
    for (const other of Object.keys(layer.elements)) {
      if (other === element) {
        if (i === index) continue
        const jump = stepOf(i, energy)
        const sentence =
          `${layer.name} holds ${element} too: ${Number((jump / (jump + own)).toPrecision(2)) * 100} % of the jump is not that of ` +
          `${stack.layers[index]!.name}. Make a hole in it for the beam, or take another metal.`
        if (jump >= smallest)
          found.push({ kind: 'same element', layer: layer.name, element, edge, energy, jump, ratio: jump / own, sentence })
        continue
      }
      for (const { level, energy: at } of await edges(other)) {
        if (at - energy < range[0] || at - energy > range[1] || at - 10 < layer.attenuation.range[0]) continue
        const jump = stepOf(i, at)
        if (jump < smallest) continue
        const kMax = at > energy ? Math.sqrt((at - energy) / HBAR2_OVER_2M) : undefined
        const sentence =
          `${layer.name}: ${other} ${level} at ${Number(at.toFixed(1))} eV makes a step of ${Number(jump.toPrecision(2))}` +
          `${kMax === undefined ? ', its EXAFS runs into the edge' : `: the spectrum ends at k = ${kMax.toFixed(1)} 1/Å`}.`
        found.push({
          kind: 'edge in range',
          layer: layer.name,
          element: other,
          edge: level,
          energy: at,
          jump,
          ratio: jump / own,
          kMax,
          sentence,
        })
      }
    }
  }
  return found.sort((a, b) => b.jump - a.jump)
}
