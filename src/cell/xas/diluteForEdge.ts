import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { parseFormula } from '../../core/formula.js'
import { type Length, toValue } from '../../core/quantity.js'
import { createAttenuation, emissionLines, findMaterial } from '../../matter/index.js'
import type { Component } from '../../model/cell.js'
import { type EdgeChoice, edgeEnergy } from './edgeJump.js'

/** A substance to be diluted, and in what. */
export interface DilutionOptions extends EdgeChoice {
  /** What holds the element: formula and density in g/cm³, or a name of the list of materials. */
  readonly sample: Pick<Component, 'formula' | 'density'> | string
  /** What it is mixed with, in the same way: carbon, boron nitride, cellulose. */
  readonly diluent: Pick<Component, 'formula' | 'density'> | string
  /** Thickness of the mixture without pores: a number in µm. */
  readonly thickness: Length
  /** Damping of the fluorescence by self-absorption that is allowed in a thick mixture, 0 to 1. Default 0.05. */
  readonly damping?: number | undefined
}

const OPTIONS: FieldsOf<DilutionOptions> = {
  sample: true,
  diluent: true,
  thickness: true,
  damping: true,
  element: true,
  edge: true,
}

type Substance = Pick<Component, 'formula' | 'density'>

/** How much to dilute. */
export interface Dilution {
  /** Energy of the edge, eV. */
  readonly energy: number
  /** For transmission. */
  readonly transmission: {
    /** Mass fraction of the sample that makes the jump 1; `null` where even the pure sample does not reach it. */
    readonly massFraction: number | null
    /** μ t above the edge at that fraction, `null` as above. */
    readonly exponent: number | null
    /** Share of the beam that comes through, `null` as above. */
    readonly transmission: number | null
  }
  /** For fluorescence from a thick mixture, 45 degrees in and out. */
  readonly fluorescence: {
    /** Largest mass fraction whose jump is damped by no more than `damping`. */
    readonly massFraction: number
    /** Damping of the pure sample. */
    readonly dampingOfPure: number
  }
  /** Largest grain of the sample, µm: μ d = 0.1 above the edge, beyond which grains shade themselves whatever the dilution. */
  readonly grain: number
}

/**
 * Dilution of a strong absorber for an edge: sulfur at its K edge, where a micrometre of it is opaque.
 *
 * Transmission asks for a jump of 1 over the given thickness. Fluorescence asks that the element be a small part of all that absorbs: the jump of a thick mixture is
 * damped by the share μ(element) / (μ(above) + μ(line)). Grains must be small by themselves in either case.
 * @param options Sample, diluent, thickness, element.
 * @throws OperandoError `E_MISSING` for a name that is not in the list, an element that is not in the sample, or an edge that it does not have; `E_RANGE` for a thickness not above 0, a damping not
 *   between 0 and 1, or an edge below the tables.
 * @see J. Stöhr, NEXAFS Spectroscopy (1992), 5.3; L. Tröger et al., Phys. Rev. B 46 (1992) 3283 (self-absorption)
 * @example
 * ```ts
 * import { diluteForEdge } from 'operando/cell'
 * const { fluorescence, grain } = await diluteForEdge({
 *   element: 'S',
 *   sample: { formula: 'Li2S', density: 1.66 },
 *   diluent: { formula: 'C', density: 2 },
 *   thickness: '20 µm',
 * })
 * console.log(fluorescence.massFraction, grain) // 0.004, 0.35 µm
 * ```
 */
export async function diluteForEdge(options: DilutionOptions): Promise<Dilution> {
  assertKnown(options, 'diluteForEdge options', OPTIONS)
  const { element, edge = 'K', damping = 0.05 } = options
  const [sample, diluent] = (await Promise.all(
    [options.sample, options.diluent].map(given => (typeof given === 'string' ? findMaterial(given) : given)),
  )) as [Substance, Substance]
  const thickness = toValue(options.thickness, 'µm', 'thickness')
  if (!(thickness > 0)) throw new OperandoError('E_RANGE', `thickness = ${thickness} µm: above 0 expected.`)
  if (!(damping > 0 && damping < 1)) throw new OperandoError('E_RANGE', `damping = ${damping}: between 0 and 1 expected.`)
  for (const [name, { density }] of Object.entries({ sample, diluent }))
    if (!(density > 0)) throw new OperandoError('E_RANGE', `${name}.density = ${density} g/cm³: above 0 expected.`)
  const energy = await edgeEnergy({ element, edge })
  const pure = (substance: Substance): Promise<Mass> => massOf(substance, energy, element, edge)
  const [s, d] = await Promise.all([pure(sample), pure(diluent)])
  if (!(s.jump > 0)) throw new OperandoError('E_MISSING', `${sample.formula} holds no ${element}.`, { details: { element } })
  const cm = thickness * 1e-4
  const volume = (w: number): number => w / sample.density + (1 - w) / diluent.density
  const mixed = (w: number, of: (mass: Mass) => number): number => w * of(s) + (1 - w) * of(d)
  // (w js + (1 - w) jd) cm = volume(w) is linear in w; the step across the edge is that of the mixture, slopes and all, as designXas has it
  const wanted = (1 / (diluent.density * cm) - d.step) / (s.step - d.step - (1 / sample.density - 1 / diluent.density) / cm)
  const reached = wanted > 0 && wanted <= 1
  const exponent = reached ? (mixed(wanted, m => m.above) / volume(wanted)) * cm : null
  const dampingAt = (w: number): number => mixed(w, m => m.jump) / mixed(w, m => m.above + m.line)
  // damping = w js / (w (as + ls) + (1 - w)(ad + ld)) is solved for w
  const [a, b] = [s.above + s.line, d.above + d.line]
  const massFraction = Math.min(1, (damping * b) / (s.jump - damping * (a - b)))
  return {
    energy,
    transmission: {
      massFraction: reached ? wanted : null,
      exponent,
      transmission: exponent === null ? null : Math.exp(-exponent),
    },
    fluorescence: { massFraction: massFraction > 0 ? massFraction : 1, dampingOfPure: dampingAt(1) },
    grain: (0.1 / (s.above * sample.density)) * 1e4,
  }
}

/** Mass attenuation of a substance about an edge, cm²/g. */
interface Mass {
  /** Above the edge. */
  readonly above: number
  /** Less that below it. */
  readonly step: number
  /** The same, 0 for a substance without the element. */
  readonly jump: number
  /** At the emission line. */
  readonly line: number
}

async function massOf(substance: Substance, energy: number, element: string, edge: string): Promise<Mass> {
  // of 1 g/cm³: 1/cm is cm²/g
  const curve = await createAttenuation({ formula: substance.formula, density: 1 })
  const lines = (await emissionLines(element)).filter(line => line.initialLevel === edge)
  const strongest = lines.reduce((a, b) => (b.intensity > a.intensity ? b : a), lines[0]!)
  const above = curve.at(energy + 10)
  const step = above - curve.at(energy - 10)
  return {
    above,
    step,
    jump: element in parseFormula(substance.formula) ? step : 0,
    line: curve.at(strongest?.energy ?? energy - 10),
  }
}
