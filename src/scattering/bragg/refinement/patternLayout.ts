import { OperandoError } from '../../../core/errors.js'
import type { Hkl } from '../../../model/crystal/matrix3.js'
import { reflections } from '../../../model/crystal/reflections.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { createFreeCell, type FreeCell } from '../phases/freeCell.js'
import { CELL_ROOM, minimalWidth } from '../phases/phaseParameters.js'
import type { LatticePhase, RefinementOptions } from './refinementTypes.js'

/** The widths of a phase in the order of its parameters. */
export const WIDTHS = ['u', 'v', 'w', 'p', 'size', 'strain', 'constant'] as const

/** Widths that vary unless it is said otherwise. */
const FREE_WIDTHS: ReadonlySet<string> = new Set(['w', 'size', 'strain'])

/** A phase as the model needs it. */
export interface LayoutPhase {
  /** Its name. */
  readonly name: string
  /** Its cell. */
  readonly cell: FreeCell
  /** Its lines, by falling d. */
  readonly reflections: readonly { readonly hkl: Hkl }[]
  /** Index of its first line among those of all phases. */
  readonly firstLine: number
  /** Index of its first free cell number; the widths follow. */
  readonly at: number
}

/** The parameters of a pattern, in order, and where the model finds them: zero, displacement, background, then cell and widths of each phase. */
export interface PatternLayout {
  /** All parameters. */
  readonly inputs: readonly ParameterInput[]
  /** Terms of the background, which begin at 2. */
  readonly terms: number
  /** The phases. */
  readonly phases: readonly LayoutPhase[]
  /** Lines of all phases. */
  readonly lines: number
}

/** Where the background begins. */
export const FIRST_TERM = 2

/**
 * Lays out the parameters of a refinement without structure.
 * @param x          2theta in degrees.
 * @param phases     The phases.
 * @param wavelength The shortest of the source, Å.
 * @param options    Background, choices.
 * @throws OperandoError `E_ARGUMENT` for phases without name or lines in range, `E_MISSING` for choices of parameters that there are not.
 */
export function patternLayout(
  x: Float64Array,
  phases: readonly LatticePhase[],
  wavelength: number,
  { background = 6, parameters = {} }: RefinementOptions,
): PatternLayout {
  if (phases.length === 0) throw new OperandoError('E_ARGUMENT', 'phases: at least one expected, none found.')
  if (!(Number.isInteger(background) && background >= 1))
    throw new OperandoError('E_RANGE', `background = ${background}: a whole number of Chebyshev terms from 1 expected.`)
  const inputs: ParameterInput[] = [
    { name: 'zero', value: 0, vary: false, scale: 0.01 },
    { name: 'displacement', value: 0, vary: false, scale: 0.01 },
  ]
  for (let k = 0; k < background; k++) inputs.push({ name: `background.${k}` })
  let lines = 0
  const laidOut = phases.map((phase): LayoutPhase => {
    const list = linesOf(phase, x, wavelength)
    const cell = createFreeCell(phase.cell, list)
    const at = inputs.length
    cell.names.forEach((own, j) => {
      const value = parameters[`${phase.name}.${own}`]?.value ?? cell.start[j]!
      const room = CELL_ROOM.alone * value
      inputs.push({ name: `${phase.name}.${own}`, value, min: value - room, max: value + room })
    })
    for (const own of WIDTHS) {
      const min = leastWidth(own, parameters[`${phase.name}.v`] !== undefined, x)
      const most = (x[x.length - 1]! - x[0]!) / 40
      const max = 'uvwp'.includes(own) ? most * most : most
      inputs.push({ name: `${phase.name}.${own}`, vary: FREE_WIDTHS.has(own), scale: 1e-3, min: min ?? -max, max })
    }
    lines += list.length
    return { name: phase.name, cell, reflections: list, firstLine: lines - list.length, at }
  })
  checkNames(phases, inputs, parameters)
  return {
    inputs: inputs.map(input => {
      const choice = parameters[input.name]
      // what is tied has no bounds of its own
      return choice?.tie === undefined ? { ...input, ...choice } : { name: input.name, ...choice }
    }),
    terms: background,
    phases: laidOut,
    lines,
  }
}

/** Lorentzian widths are not below 0; Caglioti's terms may be, unless w stands alone. */
function leastWidth(own: (typeof WIDTHS)[number], besideV: boolean, x: Float64Array): number | undefined {
  if (own === 'w') return besideV ? undefined : (minimalWidth(x) / 4) ** 2
  return own === 'u' || own === 'v' || own === 'p' ? undefined : 0
}

function linesOf({ name, cell, spaceGroup }: LatticePhase, x: Float64Array, wavelength: number): { hkl: Hkl }[] {
  const [first, last] = [x[0]!, x[x.length - 1]!]
  // some beyond the end: cells and zeros move, and tails reach into the pattern
  const twoThetaMax = Math.min(last + 0.02 * (last - first), 179.9)
  const list = reflections(cell, spaceGroup, { dMin: wavelength / (2 * Math.sin((twoThetaMax * Math.PI) / 360)) })
  const inRange = list.d.some(d => {
    const angle = (360 / Math.PI) * Math.asin(Math.min(1, wavelength / (2 * d)))
    return angle >= first && angle <= last
  })
  if (!inRange)
    throw new OperandoError(
      'E_ARGUMENT',
      `phase ${name}: none of the lines of its cell (${spaceGroup.hm ?? 'no symbol'}) lies within ${first} to ${last} degrees. Are cell and wavelength in Å?`,
      { details: { phase: name, lines: list.count } },
    )
  return Array.from({ length: list.count }, (_, i) => ({
    hkl: [list.hkl[3 * i]!, list.hkl[3 * i + 1]!, list.hkl[3 * i + 2]!] as const,
  }))
}

function checkNames(
  phases: readonly LatticePhase[],
  inputs: readonly ParameterInput[],
  choices: Readonly<Record<string, unknown>>,
): void {
  const names = phases.map(phase => phase.name)
  const twice = names.find((name, i) => !name || name === 'background' || names.indexOf(name) !== i)
  if (twice !== undefined)
    throw new OperandoError('E_ARGUMENT', `phases: '${twice}' is no name, or comes twice. Give each its own.`)
  const known = new Set(inputs.map(input => input.name))
  for (const name of Object.keys(choices))
    if (!known.has(name))
      throw new OperandoError('E_MISSING', `parameters: "${name}" is not among ${[...known].join(', ')}.`, { details: { name } })
}
