import { asFloat64, assertRising, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import type { ScatteringPath } from '../../../model/scatteringPath.js'
import { translateOptions } from '../../foreignNames.js'
import { kGrid } from '../transform/kGrid.js'
import { assertPath } from './assertPath.js'
import { createPathModel } from './createPathModel.js'
import { type EachPathParameter, PATH_DEFAULTS, PATH_FOREIGN, PATH_PARAMETERS } from './pathParameters.js'

/** A path with the values of its parameters, as {@link ff2chi} takes it. What is not given: s02 = 1, the degeneracy of the path, all else 0. */
export interface PathWithValues extends Partial<EachPathParameter<number | undefined>> {
  /** The path, of `parseFeffPath`. */
  readonly path: ScatteringPath
  /** What it is called. Default the name of the path. */
  readonly label?: string | undefined
}

/** Options of {@link ff2chi}. */
export interface Ff2chiOptions {
  /** Wavenumbers, 1/Å, rising from 0 or above. Default an even grid to kmax. */
  k?: NumbersLike | undefined
  /** End of the grid, 1/Å. Default where the first of the paths ends, but not beyond 20. */
  kmax?: number | undefined
  /** Step of the grid. Default 0.05. */
  kstep?: number | undefined
}

const OPTIONS: FieldsOf<Ff2chiOptions> = { k: true, kmax: true, kstep: true }

/** What a path may be given with. */
export const PATH_FIELDS: Readonly<Record<string, true>> = {
  path: true,
  label: true,
  ...Object.fromEntries(PATH_PARAMETERS.map(name => [name, true as const])),
}

/** chi(k) of one path. */
export interface ChiOfPath {
  /** Its label. */
  readonly label: string
  /** n values. */
  readonly chi: Float64Array
}

/** chi(k) of paths. */
export interface ChiOfPaths {
  /** Wavenumbers, 1/Å, n values. */
  readonly k: Float64Array
  /** Sum of all paths. */
  readonly chi: Float64Array
  /** Each path by itself. */
  readonly paths: readonly ChiOfPath[]
  /** Names of other programs that were translated. */
  readonly warnings: readonly Issue[]
}

/**
 * chi(k) of scattering paths by the EXAFS equation, with complex photoelectron momentum, cumulants to the fourth, shift and broadening of energies.
 *
 * @param paths   Paths with the values of their parameters.
 * @param options Grid.
 * @throws OperandoError `E_MISSING` for a path without scattering data, `E_RANGE` for wavenumbers beyond those of a path, saying which, or a parameter that is no number; `E_ARGUMENT` for unknown names.
 * @see Rehr, Albers, Rev. Mod. Phys. 72 (2000) 621; Newville, Reviews in Mineralogy and Geochemistry 78 (2014) 33; Larch, ff2chi
 * @example
 * ```ts
 * import { ff2chi } from 'operando/spectroscopy'
 * import { parseFeffPath } from 'operando/io'
 * const rows = [0, 4, 8, 12, 16, 20].map(k => `${k} ${3.5 - 0.2 * k} ${0.1 * k * Math.exp(-k / 6)} ${-5 - 0.8 * k} 1 ${5 + 2 * k} ${k + 1}`)
 * const path = parseFeffPath(`Ni O\n----------\n 2 6 2.085 2.5 -5.5 nleg, deg, reff, rnrmav(bohr), edge\n 0 0 0 0 28 Ni\n 2.085 0 0 1 8 O\n k real[2*phc] mag[feff] phase[feff] red factor lambda real[p]\n${rows.join('\n')}`)
 * const { k, chi } = ff2chi([{ path, s02: 0.9, sigma2: 0.006, e0: 2 }], { kmax: 14 })
 * ```
 */
export function ff2chi(paths: readonly PathWithValues[], options: Ff2chiOptions = {}): ChiOfPaths {
  if (!Array.isArray(paths) || paths.length === 0) {
    throw new OperandoError('E_ARGUMENT', 'ff2chi: a list of paths such as [{ path, s02: 0.9, sigma2: 0.005 }] expected.')
  }
  assertKnown(options, 'ff2chi options', OPTIONS)
  const warnings: Issue[] = []
  const named = paths.map((given, index) => {
    assertFields(given, `ff2chi: path ${index}`, [])
    const { options: own, hints } = translateOptions(given, `ff2chi: path ${index}`, PATH_FIELDS, PATH_FOREIGN)
    warnings.push(...hints)
    const label = own.label ?? own.path?.name ?? String(index)
    assertPath(own.path, `ff2chi: path ${index} (${label})`)
    return { ...own, label, values: valuesOf(own, label) }
  })
  const end = Math.min(...named.map(({ path }) => path.k[path.k.length - 1]!))
  const k = options.k === undefined ? kGrid(options.kmax ?? Math.min(20, end), options.kstep) : asFloat64(options.k, 'k').slice()
  assertRising(k, 'k')
  checkReach(k, named)
  const chi = new Float64Array(k.length)
  const none = new Uint8Array(PATH_PARAMETERS.length)
  const each = named.map(({ path, label, values }) => {
    const own = new Float64Array(k.length)
    createPathModel(path, k).evaluate(values, 0, k.length, own, null, none)
    for (let i = 0; i < chi.length; i++) chi[i]! += own[i]!
    return { label, chi: own }
  })
  return Object.freeze({ k, chi, paths: each, warnings })
}

function valuesOf(given: PathWithValues, label: string): Float64Array {
  return Float64Array.from(PATH_PARAMETERS, name => {
    const value = given[name] ?? (name === 'degen' ? given.path.degeneracy : PATH_DEFAULTS[name])
    if (Number.isFinite(value)) return value
    throw new OperandoError(
      'E_RANGE',
      `ff2chi: ${name} of path ${label} is ${String(value)}: a number expected. Names and expressions are for fitExafs.`,
      {
        details: { path: label, parameter: name },
      },
    )
  })
}

/** Tables are not to be extrapolated, but for what a shift of e0 asks for. */
function checkReach(k: Float64Array, paths: readonly { readonly path: ScatteringPath; readonly label: string }[]): void {
  const [first, last] = [k[0]!, k[k.length - 1]!]
  const short = paths.find(({ path }) => path.k[path.k.length - 1]! < last - 1e-6)
  if (first >= 0 && short === undefined) return
  const end = short ? `path ${short.label} ends at ${short.path.k.at(-1)}` : 'they begin at 0'
  throw new OperandoError(
    'E_RANGE',
    `ff2chi: k runs from ${first} to ${last} 1/Å, but ${end}: wavenumbers within the tables of the paths expected.`,
    {
      details: { first, last },
    },
  )
}
