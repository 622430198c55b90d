import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Angle } from '../../core/quantity.js'
import { emissionLines } from '../../matter/index.js'
import type { BeamLayer, BeamStack } from '../beam/beamStack.js'
import { stackTransmission } from '../beam/stackTransmission.js'
import { ASIDE, type EdgeChoice, edgeEnergy, sidesOf, studiedLayer } from './edgeJump.js'

/** Options of {@link designXas}. */
export interface DesignXasOptions extends EdgeChoice {
  /** Name of the layer that is studied. Default: the electrode with most of the element. */
  readonly layer?: string | undefined
  /** Flat cells: tilt in degrees. Default that of the cell. */
  readonly tilt?: Angle | undefined
}

const OPTIONS: FieldsOf<DesignXasOptions> = { layer: true, tilt: true, element: true, edge: true }

/** A thickness of the studied layer, and what it means. */
export interface XasThickness {
  /** µm. */
  readonly thickness: number
  /** Edge jump Δμ t. */
  readonly jump: number
  /** μ t of the layer above the edge. */
  readonly exponent: number
  /** Share of the flux that comes through the whole cell above the edge. */
  readonly transmission: number
  /** Signal to noise of the jump for a given incident flux, 1 at its best: (μ t / 2) exp(1 - μ t / 2). */
  readonly signalToNoise: number
}

/** A cell as an absorption experiment. */
export interface XasDesign {
  /** The element. */
  readonly element: string
  /** The edge. */
  readonly edge: string
  /** Energy of the edge, eV. */
  readonly energy: number
  /** Name of the layer that is studied. */
  readonly layer: string
  /** Attenuation of the layer 10 eV below the edge, 1/cm. */
  readonly below: number
  /** 10 eV above it, 1/cm. */
  readonly above: number
  /** μ t of all other layers 10 eV above the edge, where `above` is. */
  readonly restExponent: number
  /** The layer as it is. */
  readonly asBuilt: XasThickness
  /** Jump of 1: what the field aims at. */
  readonly jumpOne: XasThickness
  /** μ t = 2: best signal to noise of the transmitted beam for a given flux. */
  readonly bestSignal: XasThickness
  /** μ t = 2.55: best where the absorption of the first ion chamber is optimised too. */
  readonly bestSignalSplit: XasThickness
  /** Whether the cell as built can be measured in transmission: a jump of at least 0.1 and 1 % of the flux behind it. */
  readonly transmissionPossible: boolean
  /** What to do. */
  readonly advice: 'transmission' | 'fluorescence'
  /** Why, in sentences. */
  readonly reasons: readonly string[]
}

/** A jump of 1 that leaves less of the beam is no aim. */
const LEAST_TRANSMISSION = 0.05

/**
 * Thickness of an electrode for an absorption experiment, and whether to measure in transmission or fluorescence, with the reason.
 *
 * A jump of 1 suits concentrated absorbers. For a dilute one (Mn in NMC811) it needs an opaque layer: then μ t = 2 gives the best signal whatever the jump, and
 * fluorescence may do better.
 * @param stack   The cell with its tables.
 * @param options Element, edge, layer.
 * @throws OperandoError `E_MISSING` for an element that is not in the cell, or an edge that it does not have; `E_RANGE` for an edge outside the table.
 * @see P. A. Lee et al., Rev. Mod. Phys. 53 (1981) 769 (optimum μ t = 2.6); G. Bunker, Introduction to XAFS (2010), chapter 3
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { createBeamStack, designXas } from 'operando/cell'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [{
 *     role: 'electrode', electrode: 'working', name: 'cathode', thickness: 60,
 *     material: { components: [{ formula: 'LiNi0.8Mn0.1Co0.1O2', density: 4.75 }], porosity: 0.35 },
 *   }],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const { jumpOne, advice } = await designXas(await createBeamStack(cell), { element: 'Ni' })
 * console.log(jumpOne.thickness, advice) // 28 µm, transmission
 * ```
 */
export async function designXas(stack: BeamStack, options: DesignXasOptions): Promise<XasDesign> {
  assertKnown(options, 'designXas options', OPTIONS)
  const { element, edge = 'K', tilt } = options
  const energy = await edgeEnergy(options)
  const index = studiedLayer(stack, element, options.layer)
  const layer = stack.layers[index]!
  const { below, above, jump } = sidesOf(layer, energy)
  const through = stackTransmission(stack, energy + ASIDE, { tilt })
  const own = through.layers[index]!
  // holes are passed: what is arriving, not what the layer would take
  const restExponent = through.layers.reduce(
    (sum, l, i) => sum + (i === index || stack.layers[i]!.hole !== undefined ? 0 : l.exponent),
    0,
  )
  // µm of thickness to cm of path
  const cm = (own.path / layer.thickness) * 1e-4
  const of = (thickness: number): XasThickness => {
    const exponent = above * thickness * cm
    return {
      thickness,
      jump: jump * thickness * cm,
      exponent,
      transmission: Math.exp(-exponent - restExponent),
      signalToNoise: (exponent / 2) * Math.exp(1 - exponent / 2),
    }
  }
  const asBuilt = of(layer.thickness)
  const jumpOne = of(1 / (jump * cm))
  const transmissionPossible = asBuilt.jump >= 0.1 && asBuilt.transmission >= 0.01
  const advice = jumpOne.transmission >= LEAST_TRANSMISSION && restExponent < 3 ? 'transmission' : 'fluorescence'
  const bestSignal = of(2 / (above * cm))
  const design = { element, edge, energy, layer: layer.name, below, above, restExponent, asBuilt, jumpOne, bestSignal }
  const reasons = reasonsOf({ ...design, advice }, await escapeShare(stack, index, element, edge))
  return { ...design, bestSignalSplit: of(2.55 / (above * cm)), transmissionPossible, advice, reasons }
}

/** Share of the strongest emission line of the edge that gets out through the layers before and behind. */
async function escapeShare(
  stack: BeamStack,
  index: number,
  element: string,
  edge: string,
): Promise<{ energy: number; front: number; back: number } | undefined> {
  const lines = (await emissionLines(element)).filter(line => line.initialLevel === edge)
  if (lines.length === 0) return undefined
  const { energy } = lines.reduce((a, b) => (b.intensity > a.intensity ? b : a))
  const share = (layers: readonly BeamLayer[]): number =>
    layers.some(layer => energy < layer.attenuation.range[0])
      ? 0
      : Math.exp(-layers.reduce((sum, l) => sum + (l.hole === undefined ? l.attenuation.at(energy) * l.thickness * 1e-4 : 0), 0))
  return { energy, front: share(stack.layers.slice(0, index)), back: share(stack.layers.slice(index + 1)) }
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`
const micron = (thickness: number): string => `${Number(thickness.toPrecision(3))} µm`

function reasonsOf(
  design: Pick<XasDesign, 'element' | 'edge' | 'layer' | 'restExponent' | 'asBuilt' | 'jumpOne' | 'bestSignal' | 'advice'>,
  out: { energy: number; front: number; back: number } | undefined,
): string[] {
  const { element, edge, layer, restExponent, asBuilt, jumpOne, bestSignal, advice } = design
  const reasons = [
    `${element} ${edge}: ${layer} of ${micron(asBuilt.thickness)} has a jump of ${Number(asBuilt.jump.toPrecision(3))}, and ${percent(asBuilt.transmission)} of the beam comes through the cell above the edge.`,
    `A jump of 1 needs ${micron(jumpOne.thickness)}, which leaves ${percent(jumpOne.transmission)}.`,
  ]
  if (advice === 'transmission') {
    if (asBuilt.transmission < 0.01)
      reasons.push(`As built it is too thick: ${micron(bestSignal.thickness)} has the best signal.`)
    else if (asBuilt.jump < 0.1)
      reasons.push(`As built it is too thin for transmission: make it up to ${micron(bestSignal.thickness)}.`)
    else if (asBuilt.jump > 1.5)
      reasons.push(
        `Transmission is the better choice: it has no self-absorption. As built the layer is thick for it: ${micron(jumpOne.thickness)} to ${micron(bestSignal.thickness)} is best.`,
      )
    else reasons.push('Transmission is the better choice: it has no self-absorption.')
    return reasons
  }
  if (restExponent >= 3)
    reasons.push(`The other layers alone leave ${percent(Math.exp(-restExponent))}: thin the windows and collectors.`)
  else
    reasons.push(
      `That is no electrode to measure through; ${micron(bestSignal.thickness)} has the best signal in transmission, with a jump of ${Number(bestSignal.jump.toPrecision(2))} only.`,
    )
  if (out) {
    const [side, share] = out.back > out.front ? ['back', out.back] : ['front', out.front]
    reasons.push(
      share > 0.02
        ? `Fluorescence: ${percent(share)} of its line at ${Math.round(out.energy)} eV leaves by the ${side}.`
        : `Fluorescence needs a thinner window: ${percent(share)} of its line at ${Math.round(out.energy)} eV leaves by the ${side}.`,
    )
    const selfAbsorption = asBuilt.jump / (asBuilt.jump + 1)
    if (selfAbsorption > 0.1)
      reasons.push(
        `With a jump of ${Number(asBuilt.jump.toPrecision(2))} its fluorescence is damped by self-absorption: thin or dilute the layer, or correct for it.`,
      )
  }
  return reasons
}
