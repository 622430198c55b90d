import { OperandoError } from '../../core/errors.js'
import { edge } from '../../matter/index.js'
import type { BeamLayer, BeamStack } from '../beam/beamStack.js'

/** An edge of an element. */
export interface EdgeChoice {
  /** Symbol of the element: `Ni`. */
  readonly element: string
  /** Its edge. Default `K`. */
  readonly edge?: string | undefined
}

/** How far from the edge its two sides are looked at, eV: the step of the tables without the slope of the background. */
export const ASIDE = 10

/** Attenuation of a layer on both sides of an edge, 1/cm. */
export interface EdgeSides {
  /** Energy of the edge, eV. */
  readonly energy: number
  /** 10 eV below. */
  readonly below: number
  /** 10 eV above. */
  readonly above: number
  /** Their difference. */
  readonly jump: number
}

/** Attenuation of a layer just below and just above an energy. */
export function sidesOf(layer: BeamLayer, energy: number): EdgeSides {
  const below = layer.attenuation.at(energy - ASIDE)
  const above = layer.attenuation.at(energy + ASIDE)
  return { energy, below, above, jump: above - below }
}

/** Energy of an edge, eV. */
export async function edgeEnergy({ element, edge: level = 'K' }: EdgeChoice): Promise<number> {
  return (await edge(element, level)).energy
}

/**
 * The layer that is studied: the one named, or the electrode that has most of the element.
 * @throws OperandoError `E_MISSING` when no layer has it.
 */
export function studiedLayer(stack: BeamStack, element: string, name: string | undefined): number {
  const has = (layer: BeamLayer): number => layer.elements[element] ?? 0
  const best = (indices: number[]): number =>
    indices.reduce((a, b) =>
      has(stack.layers[b]!) * stack.layers[b]!.thickness > has(stack.layers[a]!) * stack.layers[a]!.thickness ? b : a,
    )
  const all = stack.layers.map((_, i) => i).filter(i => has(stack.layers[i]!) > 0)
  const asked = name === undefined ? all : all.filter(i => stack.layers[i]!.name === name)
  const electrodes = asked.filter(i => stack.layers[i]!.role === 'electrode')
  if (asked.length > 0) return best(electrodes.length > 0 ? electrodes : asked)
  const others = all.map(i => stack.layers[i]!.name).join(', ')
  const what =
    name === undefined
      ? `No layer of ${stack.name} holds ${element}`
      : `"${name}" of ${stack.name} is not there, or holds no ${element}`
  throw new OperandoError('E_MISSING', `${what}${others ? `; ${others} do` : ''}. Symbols are written as "Ni".`, {
    details: { element },
  })
}
