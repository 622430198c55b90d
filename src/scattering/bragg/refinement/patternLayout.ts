import { OperandoError } from '../../../core/errors.js'
import { reflections } from '../../../model/crystal/reflections.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { createFreeCell, type FreeCell } from '../phases/freeCell.js'
import type { PhaseRadiation } from '../phases/phaseModel.js'
import { CELL_ROOM, minimalWidth } from '../phases/phaseParameters.js'
import { type BackgroundModel, createBackground } from './backgroundModel.js'
import { instrumentWidths } from './placeLines.js'
import type { LatticePhase, ParameterChoice, RefinementOptions } from './refinementTypes.js'

/** The widths of a phase in the order of its parameters. */
export const WIDTHS = ['u', 'v', 'w', 'p', 'size', 'strain', 'constant'] as const

/** How the intensities of a phase come about. */
export type IntensityKind = 'leBail' | 'pawley'

/** A phase, with what all patterns share of it. */
export interface LayoutPhase {
  /** Its name. */
  readonly name: string
  /** The phase as given. */
  readonly given: LatticePhase
  /** Its cell. */
  readonly cell: FreeCell
  /** Index of its first free cell number. */
  readonly cellAt: number
  /** Its lines by falling d: as many as the pattern that reaches furthest shows. */
  readonly count: number
  /** Miller indices, three a line. */
  readonly hkl: Int32Array
  /** 1/d and its derivatives by the free cell numbers, as last computed. */
  readonly spacings: Float64Array
}

/** A phase in a pattern. */
export interface PatternPhase {
  /** The phase. */
  readonly phase: LayoutPhase
  /** How its intensities come about. */
  readonly kind: IntensityKind
  /** How many of its lines lie within the pattern. */
  readonly count: number
  /** Index of its first line among those of the pattern. */
  readonly firstLine: number
  /** Index of its seven widths. */
  readonly widthsAt: number
  /** Lorentzian coefficients of single lines, beside `size` and `strain`; by line. */
  readonly extraSize: Float64Array
  readonly extraStrain: Float64Array
}

/** A pattern, and where the model finds its parameters. */
export interface PatternLayout {
  /** Prefix of the names of its own parameters: '' if it is the only one. */
  readonly prefix: string
  /** 2theta in degrees, rising. */
  readonly x: Float64Array
  /** The source. */
  readonly radiation: PhaseRadiation
  /** Index of zero; displacement follows. */
  readonly zeroAt: number
  /** Its background. */
  readonly background: BackgroundModel
  /** Seven widths of the instrument. */
  readonly instrument: Float64Array
  /** The phases. */
  readonly phases: readonly PatternPhase[]
  /** Lines of all phases. */
  readonly lines: number
  /** First row of its points among those of all patterns. */
  readonly row: number
}

/** The parameters of a refinement, in order. */
export interface RefinementLayout {
  /** All parameters. */
  readonly inputs: readonly ParameterInput[]
  /** The phases. */
  readonly phases: readonly LayoutPhase[]
  /** The patterns. */
  readonly patterns: readonly PatternLayout[]
  /** Points of all patterns. */
  readonly points: number
}

/** A pattern's axis with what is known of its instrument. */
export interface PatternSetting {
  readonly name: string
  readonly x: Float64Array
  readonly radiation: PhaseRadiation
  readonly options: RefinementOptions
}

/**
 * Lays out the parameters of a refinement: zero, displacement and background of each pattern, then the cell of each phase and, pattern by pattern, its widths.
 * @param settings Patterns.
 * @param phases   The phases.
 * @param kinds    How their intensities come about.
 * @param choices  What the caller chose of parameters.
 * @throws OperandoError `E_ARGUMENT` for phases without name or lines in range, `E_MISSING` for choices of parameters that there are not.
 */
export function layOut(
  settings: readonly PatternSetting[],
  phases: readonly LatticePhase[],
  kinds: readonly IntensityKind[],
  choices: Readonly<Record<string, ParameterChoice>>,
): RefinementLayout {
  if (phases.length === 0) throw new OperandoError('E_ARGUMENT', 'phases: at least one expected, none found.')
  checkNames(phases, settings)
  const inputs: ParameterInput[] = []
  const add = (input: ParameterInput): number => inputs.push(input) - 1
  const chosen = (name: string): ParameterChoice | undefined => choices[name]
  const prefixOf = ({ name }: PatternSetting): string => (settings.length > 1 ? `${name}.` : '')

  const own = settings.map(setting => {
    const prefix = prefixOf(setting)
    const zeroAt = add({ name: `${prefix}zero`, value: 0, vary: false, scale: 0.01 })
    add({ name: `${prefix}displacement`, value: 0, vary: false, scale: 0.01 })
    return { prefix, zeroAt, background: createBackground(setting.x, setting.options.background, prefix, add) }
  })
  const laidOut = phases.map((phase): LayoutPhase => {
    const list = linesOf(phase, settings)
    const hkl = Int32Array.from(list.flatMap(line => line.hkl))
    const cell = createFreeCell(phase.cell, list)
    const cellAt = inputs.length
    cell.names.forEach((number, j) => {
      const value = chosen(`${phase.name}.${number}`)?.value ?? cell.start[j]!
      const room = CELL_ROOM.alone * value
      add({ name: `${phase.name}.${number}`, value, min: value - room, max: value + room })
    })
    const spacings = new Float64Array(list.length * (1 + cell.names.length))
    cell.spacings(Float64Array.from(cell.start), 0, spacings)
    return { name: phase.name, given: phase, cell, cellAt, count: list.length, hkl, spacings }
  })
  let row = 0
  const patterns = settings.map((setting, index): PatternLayout => {
    const { x, radiation, options } = setting
    let lines = 0
    const inPattern = laidOut.map((phase, which): PatternPhase => {
      const stride = 1 + phase.cell.names.length
      const limit = 1 / smallestSpacing(setting)
      let count = 0
      while (count < phase.count && phase.spacings[count * stride]! <= limit * (1 + 1e-9)) count++
      const widthsAt = addWidths(`${own[index]!.prefix}${phase.name}`, setting, chosen, add)
      lines += count
      const extras = { extraSize: new Float64Array(count), extraStrain: new Float64Array(count) }
      return { phase, kind: kinds[which]!, count, firstLine: lines - count, widthsAt, ...extras }
    })
    row += x.length
    const instrument = instrumentWidths(options.instrument?.widths ?? {})
    return { ...own[index]!, x, radiation, instrument, phases: inPattern, lines, row: row - x.length }
  })
  return { inputs: withChoices(inputs, choices), phases: laidOut, patterns, points: row }
}

/** Widths that vary unless it is said otherwise: those of the sample only, where the instrument's are known. */
function addWidths(
  prefix: string,
  { x, options }: PatternSetting,
  chosen: (name: string) => ParameterChoice | undefined,
  add: (input: ParameterInput) => number,
): number {
  const free = new Set<string>(options.instrument?.widths ? ['size', 'strain'] : ['w', 'size', 'strain'])
  const most = (x[x.length - 1]! - x[0]!) / 40
  const [first] = WIDTHS.map(own => {
    // Lorentzian widths are not below 0; Caglioti's terms may be, unless w stands alone
    const isGaussian = 'uvwp'.includes(own)
    const alone = own === 'w' && chosen(`${prefix}.v`) === undefined
    const least = isGaussian ? -most * most : 0
    const min = alone ? (options.instrument?.widths ? 0 : (minimalWidth(x) / 4) ** 2) : least
    return add({ name: `${prefix}.${own}`, vary: free.has(own), scale: 1e-3, min, max: isGaussian ? most * most : most })
  })
  return first!
}

/** The parameters as the caller chose them; a name with `*` stands for many. */
function withChoices(inputs: readonly ParameterInput[], choices: Readonly<Record<string, ParameterChoice>>): ParameterInput[] {
  const names = inputs.map(input => input.name)
  const patterns: { fits: (name: string) => boolean; choice: ParameterChoice }[] = []
  for (const [key, choice] of Object.entries(choices)) {
    const parts = key.split('*')
    const fits = parts.length === 1 ? (name: string) => name === key : (name: string) => fitsParts(name, parts)
    if (!names.some(fits))
      throw new OperandoError('E_MISSING', `parameters: "${key}" is not among ${names.join(', ')}.`, { details: { name: key } })
    // what is said of one parameter counts for more than what is said of many
    if (parts.length === 1) patterns.push({ fits, choice })
    else patterns.unshift({ fits, choice })
  }
  return inputs.map(input => {
    const own: ParameterChoice = Object.assign({}, ...patterns.filter(({ fits }) => fits(input.name)).map(({ choice }) => choice))
    // what is tied has no bounds of its own
    return own.tie === undefined ? { ...input, ...own } : { name: input.name, ...own }
  })
}

/** Whether a name consists of these parts with anything between them. */
function fitsParts(name: string, parts: readonly string[]): boolean {
  const [first, last] = [parts[0]!, parts[parts.length - 1]!]
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at)
    if (found < 0 || found + part.length > name.length - last.length) return false
    at = found + part.length
  }
  return true
}

/** Some beyond the end: cells and zeros move, and tails reach into the pattern. */
function smallestSpacing({ x, radiation }: PatternSetting): number {
  const [first, last] = [x[0]!, x[x.length - 1]!]
  const shortest = Math.min(...radiation.lines.map(line => line.wavelength))
  return shortest / (2 * Math.sin((Math.min(last + 0.02 * (last - first), 179.9) * Math.PI) / 360))
}

function linesOf(
  { name, cell, spaceGroup }: LatticePhase,
  settings: readonly PatternSetting[],
): { hkl: [number, number, number] }[] {
  const dMin = Math.min(...settings.map(smallestSpacing))
  const list = reflections(cell, spaceGroup, { dMin })
  for (const { x, radiation, name: own } of settings) {
    const [first, last] = [x[0]!, x[x.length - 1]!]
    const { wavelength } = radiation.lines[0]!
    const inRange = list.d.some(d => {
      const angle = (360 / Math.PI) * Math.asin(Math.min(1, wavelength / (2 * d)))
      return angle >= first && angle <= last
    })
    if (inRange) continue
    const where = settings.length > 1 ? ` of pattern ${own}` : ''
    throw new OperandoError(
      'E_ARGUMENT',
      `phase ${name}: none of the lines of its cell (${spaceGroup.hm ?? 'no symbol'}) lies within ${first} to ${last} degrees${where}. Are cell and wavelength in Å?`,
      { details: { phase: name, lines: list.count } },
    )
  }
  return Array.from({ length: list.count }, (_, i) => ({ hkl: [list.hkl[3 * i]!, list.hkl[3 * i + 1]!, list.hkl[3 * i + 2]!] }))
}

function checkNames(phases: readonly LatticePhase[], settings: readonly PatternSetting[]): void {
  const taken = ['background', 'debye', 'axial', 'blank']
  const names = phases.map(phase => phase.name)
  const twice = names.find((name, i) => !name || taken.includes(name) || names.indexOf(name) !== i)
  if (twice !== undefined)
    throw new OperandoError('E_ARGUMENT', `phases: '${twice}' is no name, or comes twice. Give each its own.`)
  if (settings.length < 2) return
  const own = settings.map(setting => setting.name)
  const bad = own.find((name, i) => !name || names.includes(name) || own.indexOf(name) !== i)
  if (bad !== undefined)
    throw new OperandoError('E_ARGUMENT', `patterns: '${bad}' is no name, comes twice, or is that of a phase. Give each its own.`)
}
