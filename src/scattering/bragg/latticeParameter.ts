import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import type { LatticeSystem } from '../../model/crystal/latticeSystem.js'
import type { Hkl } from '../../model/crystal/matrix3.js'
import type { Estimate } from './dSpacingOfPeak.js'

/** A lattice parameter, and which edge of the cell it is. */
export interface LatticeParameter extends Estimate {
  /** The edge. */
  readonly edge: 'a' | 'b' | 'c'
}

/** Options of {@link latticeParameter}. */
export interface LatticeParameterOptions {
  /** Lattice system. Default `'cubic'`. */
  system?: Extract<LatticeSystem, 'cubic' | 'tetragonal' | 'hexagonal' | 'orthorhombic'> | undefined
}

const OPTIONS: FieldsOf<LatticeParameterOptions> = { system: true }

/**
 * The lattice parameter that one line tells, with its standard error: a of a cubic cell from any line, a from (hk0) and c from (00l) of tetragonal and
 * hexagonal cells (trigonal ones on hexagonal axes among them), each edge from its own line of an orthorhombic one.
 *
 * @param peak    Spacing in Å, with or without standard error, or a fitted peak that has one.
 * @param hkl     Miller indices of the line.
 * @param options Lattice system.
 * @returns Å.
 * @throws OperandoError `E_SINGULAR` where one line is not enough (use `cellFromPeaks`), `E_MISSING` for a peak without d, `E_RANGE` for (0 0 0).
 * @example
 * ```ts
 * import { latticeParameter } from 'operando/scattering'
 * latticeParameter({ value: 3.1356, standardError: 0.0001 }, [1, 1, 1]) // a = 5.4310 +/- 0.0002 Å: silicon
 * latticeParameter(3.3555, [0, 0, 2], { system: 'hexagonal' }) // c = 6.711 Å: graphite
 * ```
 */
export function latticeParameter(
  peak: number | Estimate | { readonly name: string; readonly dSpacing?: Estimate | undefined },
  hkl: Hkl,
  options: LatticeParameterOptions = {},
): LatticeParameter {
  assertKnown(options, 'latticeParameter options', OPTIONS)
  const { system = 'cubic' } = options
  if (typeof peak !== 'number') assertFields(peak, 'latticeParameter: a peak', [])
  const { value, standardError } = spacing(peak)
  const { edge, factor } = edgeOf(hkl, system)
  return { edge, value: value * factor, standardError: standardError === null ? null : standardError * factor }
}

function spacing(peak: Parameters<typeof latticeParameter>[0]): Estimate {
  if (typeof peak === 'number') return { value: peak, standardError: null }
  if ('value' in peak) return peak
  if (peak.dSpacing) return peak.dSpacing
  throw new OperandoError('E_MISSING', `latticeParameter: ${peak.name} has no dSpacing: fit it with an axis and a wavelength.`)
}

function edgeOf([h, k, l]: Hkl, system: LatticeSystem): { edge: 'a' | 'b' | 'c'; factor: number } {
  if (h === 0 && k === 0 && l === 0) throw new OperandoError('E_RANGE', 'latticeParameter: (0 0 0) is no line.')
  if (system === 'cubic') return { edge: 'a', factor: Math.hypot(h, k, l) }
  if (h === 0 && k === 0) return { edge: 'c', factor: Math.abs(l) }
  if (system === 'tetragonal' && l === 0) return { edge: 'a', factor: Math.hypot(h, k) }
  if (system === 'hexagonal' && l === 0) return { edge: 'a', factor: Math.sqrt((4 / 3) * (h * h + h * k + k * k)) }
  if (system === 'orthorhombic' && k === 0 && l === 0) return { edge: 'a', factor: Math.abs(h) }
  if (system === 'orthorhombic' && h === 0 && l === 0) return { edge: 'b', factor: Math.abs(k) }
  throw new OperandoError(
    'E_SINGULAR',
    `latticeParameter: (${h} ${k} ${l}) alone does not tell one edge of a ${system} cell. Use cellFromPeaks with several lines.`,
  )
}
