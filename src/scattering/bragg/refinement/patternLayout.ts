import { OperandoError } from '../../../core/errors.js'
import type { Hkl } from '../../../model/crystal/matrix3.js'
import { type ReflectionList, reflections } from '../../../model/crystal/reflections.js'
import type { Structure } from '../../../model/crystal/structure.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { createFreeCell, type FreeCell } from '../phases/freeCell.js'
import type { PhaseRadiation } from '../phases/phaseModel.js'
import { CELL_ROOM, minimalWidth } from '../phases/phaseParameters.js'
import type { ScatteringFactors } from '../structureFactors/loadScatteringFactors.js'
import { createAbsorption } from './absorptionModel.js'
import { type BackgroundModel, createBackground } from './backgroundModel.js'
import { anglesToAxis, type DirectionFunctions, harmonicFunctions, QUARTICS, stephensFunctions } from './directionFunctions.js'
import { createIntensityModel, type IntensityModel } from './intensityModel.js'
import { instrumentWidths } from './placeLines.js'
import type { LatticePhase, ParameterChoice, RefinementOptions } from './refinementTypes.js'
import { createStructureKernel } from './structureKernel.js'
import { addStructureParameters, type SiteParameters } from './structureParameters.js'

/** The widths of a phase in the order of its parameters. */
export const WIDTHS = ['u', 'v', 'w', 'p', 'size', 'strain', 'constant'] as const

/** How the intensities of a phase come about. */
export type IntensityKind = 'structure' | 'leBail' | 'pawley'

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
  /** Its lines as they were listed. */
  readonly list: ReflectionList
  /** Its sites; none for phases without structure. */
  readonly sites: readonly SiteParameters[]
  /** Index of the first of Stephens' coefficients; -1 if the strain is isotropic. */
  readonly stephensAt: number
  /** What they are multiplied by, to give the square of the strain's Lorentzian coefficient in degrees². */
  readonly stephens?: DirectionFunctions | undefined
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
  /** Index of the size along an axis; -1 if it is isotropic. */
  readonly sizeAlongAt: number
  /** cos² of the angle between that axis and each line. */
  readonly axisAngles?: Float64Array | undefined
  /** Lorentzian coefficients of single lines, of size and strain, and their derivatives: as last placed. */
  readonly size: Float64Array
  readonly bySize: Float64Array
  readonly bySizeAlong: Float64Array
  readonly strain: Float64Array
  readonly byVariance: Float64Array
  /** Its intensities; null if they are free. */
  readonly intensities: IntensityModel | null
  /** Index of its scale; -1 if its intensities are free. */
  readonly scaleAt: number
  /** Index of its extinction; -1 without. */
  readonly extinctionAt: number
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
  /** Index of S/L, H/L follows; -1 for lines without axial divergence. */
  readonly axialAt: number
  /** Index of the skew, that times cot 2theta follows; -1 for lines without. */
  readonly skewAt: number
  /** Index of mu R or mu t; -1 without absorption. */
  readonly absorptionAt: number
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
  /** Scattering factors of the phases with structure, by their place in the list. */
  readonly factors?: readonly (ScatteringFactors | undefined)[] | undefined
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
  for (const { options } of settings) checkPhaseOptions(phases, options)
  const inputs: ParameterInput[] = []
  const add = (input: ParameterInput): number => inputs.push(input) - 1
  const chosen = (name: string): ParameterChoice | undefined => choices[name]
  const prefixOf = ({ name }: PatternSetting): string => (settings.length > 1 ? `${name}.` : '')

  const own = settings.map(setting => {
    const { options, x } = setting
    const prefix = prefixOf(setting)
    const held = (name: string, value: number, more: Partial<ParameterInput> = {}): number =>
      add({ name: `${prefix}${name}`, value, vary: false, scale: 0.01, ...more })
    const zeroAt = held('zero', 0)
    held('displacement', 0)
    const axial = options.axial ?? options.instrument?.axial
    const axialAt = axial ? held('axial.sample', axial.sample, { min: 0, max: 0.2 }) : -1
    if (axial) held('axial.detector', axial.detector, { min: 0, max: 0.2 })
    const skewAt = options.skew ? held('skew', 0, { min: -0.8, max: 0.8 }) : -1
    if (options.skew) held('skewCot', 0, { min: -1, max: 1 })
    const { absorption } = options
    const absorptionAt = absorption ? held('absorption', absorption.mu, { min: 0, max: 20 }) : -1
    const background = createBackground(x, setting, prefix, add)
    return { prefix, zeroAt, axialAt, skewAt, absorptionAt, background }
  })
  const laidOut = phases.map((phase, which): LayoutPhase => {
    const list = linesOf(phase, settings)
    const { hkl, count } = list
    const lines = Array.from({ length: count }, (_, r) => ({ hkl: [hkl[3 * r]!, hkl[3 * r + 1]!, hkl[3 * r + 2]!] as const }))
    const cell = createFreeCell(phase.cell, lines)
    const cellAt = inputs.length
    cell.names.forEach((number, j) => {
      const value = chosen(`${phase.name}.${number}`)?.value ?? cell.start[j]!
      const room = CELL_ROOM.alone * value
      add({ name: `${phase.name}.${number}`, value, min: value - room, max: value + room })
    })
    const spacings = new Float64Array(count * (1 + cell.names.length))
    cell.spacings(Float64Array.from(cell.start), 0, spacings)
    const isStructure = kinds[which] === 'structure'
    const sites = isStructure ? addStructureParameters(phase.name, phase as Structure, add) : []
    const anisotropic = settings[0]!.options.stephens?.includes(phase.name) === true
    const stephens = anisotropic ? stephensOf(phase, list) : undefined
    const stephensAt = stephens ? inputs.length : -1
    for (const i of stephens?.kept ?? [])
      add({ name: `${phase.name}.S${QUARTICS[i]!.join('')}`, value: stephens!.kept.indexOf(i) < 3 ? 0.01 : 0, scale: 0.1 })
    return { name: phase.name, given: phase, cell, cellAt, count, hkl, spacings, list, sites, stephensAt, stephens }
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
      const prefix = `${own[index]!.prefix}${phase.name}`
      const intensities =
        kinds[which] === 'structure' ? addIntensities(prefix, phase, which, count, setting, own[index]!.absorptionAt, add) : null
      const widthsAt = addWidths(prefix, setting, chosen, add)
      const axis = options.uniaxialSize?.[phase.name]
      const most = (x[x.length - 1]! - x[0]!) / 40
      const sizeAlongAt = axis ? add({ name: `${prefix}.sizeAlong`, scale: 1e-3, min: 0, max: most }) : -1
      lines += count
      const make = (): Float64Array => new Float64Array(count)
      return {
        phase,
        kind: kinds[which]!,
        count,
        firstLine: lines - count,
        widthsAt,
        sizeAlongAt,
        ...(axis && { axisAngles: meanAngles(phase, axis) }),
        size: make(),
        bySize: make().fill(1),
        bySizeAlong: make(),
        strain: make(),
        byVariance: make(),
        intensities: intensities?.model ?? null,
        scaleAt: intensities?.scaleAt ?? -1,
        extinctionAt: intensities?.extinctionAt ?? -1,
      }
    })
    row += x.length
    const instrument = instrumentWidths(options.instrument?.widths ?? {})
    return { ...own[index]!, x, radiation, instrument, phases: inPattern, lines, row: row - x.length }
  })
  return { inputs: withChoices(inputs, choices), phases: laidOut, patterns, points: row }
}

/** Parameters and model of the intensities of a phase with structure in a pattern. */
function addIntensities(
  prefix: string,
  phase: LayoutPhase,
  which: number,
  count: number,
  { options, factors }: PatternSetting,
  absorptionAt: number,
  add: (input: ParameterInput) => number,
): { model: IntensityModel; scaleAt: number; extinctionAt: number } {
  const { given, hkl, list, sites } = phase
  const { cell, spaceGroup } = given
  const texture = options.texture?.[phase.name]
  const scaleAt = add({ name: `${prefix}.scale`, min: 0, scale: 1e-6 })
  const isMarch = texture !== undefined && 'axis' in texture
  const marchAt = isMarch ? add({ name: `${prefix}.march`, value: 1, min: 0.1, max: 10 }) : -1
  const harmonics =
    texture !== undefined && 'harmonics' in texture ? harmonicFunctions(cell, spaceGroup, hkl, texture.harmonics) : undefined
  const [harmonicsAt = -1] = (harmonics?.kept ?? []).map((_, i) => add({ name: `${prefix}.texture.${i}`, value: 0, scale: 0.01 }))
  const extinction = options.extinction?.includes(phase.name) === true
  const extinctionAt = extinction ? add({ name: `${prefix}.extinction`, value: 0, vary: false, min: 0, scale: 1e-3 }) : -1
  const known = factors?.[which]
  if (!known)
    throw new OperandoError(
      'E_ARGUMENT',
      `phase ${phase.name}: its structure needs tables of scattering factors: createRefinement and rietveld load them.`,
    )
  const kernel = createStructureKernel(spaceGroup, sites, known, list, count)
  const model = createIntensityModel(
    phase,
    count,
    kernel,
    { scaleAt, marchAt, harmonicsAt, harmonics: harmonics?.kept.length ?? 0, extinctionAt, absorptionAt },
    {
      multiplicity: list.multiplicity,
      ...(isMarch && { marchAngles: anglesToAxis(cell, spaceGroup, hkl, (texture as { axis: Hkl }).axis) }),
      ...(harmonics && { harmonics: harmonics.values }),
    },
    options.polarization ?? 'corrected',
    options.absorption && createAbsorption(options.absorption.geometry),
  )
  return { model, scaleAt, extinctionAt }
}

/** cos² of the angle between an axis and each line, the mean over its equivalents. */
function meanAngles({ given, hkl }: LayoutPhase, axis: Hkl): Float64Array {
  const angles = anglesToAxis(given.cell, given.spaceGroup, hkl, axis)
  return Float64Array.from(angles, own => own.reduce((sum, value) => sum + value / own.length, 0))
}

/** Stephens' functions, so that coefficients in 1e-6 Å^-4 times these are squares of strain coefficients in degrees²: fwhm = 180/pi sqrt(S d^4) tan theta. */
function stephensOf(phase: LatticePhase, { hkl, d }: ReflectionList): DirectionFunctions {
  const { kept, values } = stephensFunctions(phase.spaceGroup, hkl)
  d.forEach((spacing, r) => {
    const factor = (180 / Math.PI) ** 2 * 1e-6 * spacing ** 4
    for (let k = 0; k < kept.length; k++) values[r * kept.length + k]! *= factor
  })
  return { kept, values }
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

function linesOf({ name, cell, spaceGroup }: LatticePhase, settings: readonly PatternSetting[]): ReflectionList {
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
  return list
}

/** Options that name phases must name those that there are, and directions that exist. */
function checkPhaseOptions(phases: readonly LatticePhase[], options: RefinementOptions): void {
  const names = phases.map(phase => phase.name)
  const { texture = {}, uniaxialSize = {}, stephens = [], extinction = [], internalStandard, intensities, skew } = options
  const named = [
    ...[...Object.keys(texture), ...extinction, ...stephens, ...Object.keys(uniaxialSize)],
    ...(internalStandard ? [internalStandard.phase] : []),
    ...(typeof intensities === 'object' ? Object.keys(intensities) : []),
  ]
  const unknown = named.find(name => !names.includes(name))
  if (unknown !== undefined)
    throw new OperandoError('E_MISSING', `options: there is no phase "${unknown}" among ${names.join(', ')}.`, {
      details: { name: unknown },
    })
  const axes = [...Object.values(uniaxialSize), ...Object.values(texture).flatMap(own => ('axis' in own ? [own.axis] : []))]
  if (axes.some(axis => !(axis.length === 3 && axis.every(Number.isFinite) && axis.some(index => index !== 0))))
    throw new OperandoError(
      'E_ARGUMENT',
      'options: an axis is named by the indices of the plane that it is normal to, not 0 0 0.',
    )
  for (const own of Object.values(texture))
    if ('harmonics' in own && !(Number.isInteger(own.harmonics / 2) && own.harmonics >= 2 && own.harmonics <= 12))
      throw new OperandoError('E_RANGE', `texture: harmonics up to an even order from 2 to 12 expected, found ${own.harmonics}.`)
  if (skew && (options.axial ?? options.instrument?.axial))
    throw new OperandoError('E_ARGUMENT', 'options: skew and axial both make lines asymmetric: choose one.')
  if (internalStandard && !(internalStandard.massFraction > 0 && internalStandard.massFraction < 1))
    throw new OperandoError(
      'E_RANGE',
      `internalStandard: a mass fraction between 0 and 1 expected, found ${internalStandard.massFraction}.`,
    )
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
