import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { WIDTHS } from './patternLayout.js'
import type { InstrumentProfile, RefinementResult } from './refinementTypes.js'

/** Options of {@link instrumentFromStandard}. */
export interface InstrumentFromStandardOptions {
  /** Name of the standard's phase. Default: the only one. */
  phase?: string | undefined
  /** Name of the pattern, if there were several. */
  pattern?: string | undefined
}

const FIELDS: FieldsOf<InstrumentFromStandardOptions> = { phase: true, pattern: true }

/**
 * The profile of an instrument from the refinement of a standard that does not broaden lines (LaB6, CeO2): its widths and axial divergence, to be held in refinements of samples. What the standard
 * does broaden is taken for the instrument's.
 * @param result  A refinement of the standard, after {@link leBail} or {@link rietveld}.
 * @param options Phase, pattern.
 * @throws OperandoError `E_ARGUMENT` where there are several phases and none is named, `E_MISSING` for a phase that there is not.
 * @example
 * ```ts
 * import { createUnitCell, spaceGroup } from 'operando'
 * import { instrumentFromStandard, leBail, thompsonCoxHastings } from 'operando/scattering'
 * const twoTheta = Float64Array.from({ length: 1500 }, (_, i) => 25 + i * 0.02)
 * const line = thompsonCoxHastings(twoTheta, { centre: 28.443, fwhmG: 0.06, fwhmL: 0.04, area: 300 })
 * const silicon = { name: 'Si', cell: createUnitCell({ a: 5.43 }), spaceGroup: spaceGroup('Fd-3m') }
 * const standard = leBail({ twoTheta, intensity: line.map(v => v + 100) }, [silicon], { wavelength: 1.5406, background: 2 })
 * const instrument = instrumentFromStandard(standard)
 * // leBail(sample, phases, { wavelength: 1.5406, instrument })
 * ```
 */
export function instrumentFromStandard(result: RefinementResult, options: InstrumentFromStandardOptions = {}): InstrumentProfile {
  assertKnown(options, 'instrumentFromStandard options', FIELDS)
  assertFields(result, 'instrumentFromStandard: a refinement', ['parameters', 'cells'])
  const names = Object.keys(result.cells)
  if (options.phase === undefined && names.length !== 1)
    throw new OperandoError('E_ARGUMENT', `instrumentFromStandard: which of ${names.join(', ')} is the standard? Say { phase }.`)
  const prefix = options.pattern === undefined ? '' : `${options.pattern}.`
  const phase = `${prefix}${options.phase ?? names[0]!}`
  const numberOf = (name: string): number | undefined => result.parameters[name]?.value
  const widths = Object.fromEntries(
    WIDTHS.map(own => {
      const value = numberOf(`${phase}.${own}`)
      if (value === undefined)
        throw new OperandoError('E_MISSING', `instrumentFromStandard: the refinement has no parameter "${phase}.${own}".`, {
          details: { name: phase },
        })
      return [own, value]
    }),
  )
  const [sample, detector] = ['sample', 'detector'].map(own => numberOf(`${prefix}axial.${own}`))
  return { widths, ...(sample !== undefined && detector !== undefined && { axial: { sample, detector } }) }
}
