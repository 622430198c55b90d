import { asFloat64, type NumbersLike } from '../../../../core/arrays.js'
import { BOLTZMANN, ELEMENTARY_CHARGE, PLANCK } from '../../../../core/constants.js'
import { OperandoError } from '../../../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../../../core/fields.js'
import type { ScatteringPath } from '../../../../model/scatteringPath.js'
import { fitCurve } from '../../../../numeric/fitCurve/fitCurve.js'
import type { CurveFit } from '../../../../numeric/fitCurve/types.js'
import type { WithError } from '../fit/fittedTypes.js'
import { createCorrelatedDebye } from './correlatedDebyeSigma2.js'
import { einsteinSigma2 } from './einsteinSigma2.js'
import { reducedMass } from './reducedMass.js'

/** Models of {@link fitThermalDisorder}. */
export type ThermalModel = 'einstein' | 'debye'

/** Options of {@link fitThermalDisorder}. */
export interface ThermalDisorderOptions {
  /** The path, or the elements along it for the Einstein model: `['Ni', 'O']`. */
  path: Pick<ScatteringPath, 'atoms' | 'rnorman'> | readonly string[]
  /** Which model. Default `einstein`. */
  model?: ThermalModel | undefined
  /** Standard uncertainties of sigma2, Å². Default: equal and unknown; the errors then follow from the scatter. */
  sigma?: NumbersLike | undefined
  /** Static disorder, Å², if it is known, and then not fitted: 0 for a perfect crystal, or to two temperatures. Default fitted. */
  static?: number | undefined
}

const OPTIONS: FieldsOf<ThermalDisorderOptions> = { path: true, model: true, sigma: true, static: true }

/** What {@link fitThermalDisorder} returns. */
export interface ThermalDisorder extends CurveFit<'theta' | 'static'> {
  /** Einstein or Debye temperature, K. */
  readonly theta: WithError
  /** Static disorder, Å²: what would be left without any motion. */
  readonly static: WithError
  /** Effective force constant of the path, N/m: k T / sigma2 when hot; mu omega² in the Einstein model. The strength of the bond. */
  readonly forceConstant: WithError
  /** The same in eV/Å². */
  readonly forceConstantEv: WithError
  /** Frequency of the Einstein oscillator, or the cut-off of Debye's spectrum, THz. */
  readonly frequency: WithError
}

/** Hot enough that no quantum is seen, K. */
const HOT = 1e6

/**
 * Takes the mean-square relative displacements of a path at several temperatures apart into motion and static disorder, sigma2(T) = sigma2_thermal(T, theta) + static, and tells the strength of the bond.
 *
 * @param temperature Temperatures, K, two or more (three where the static part is fitted).
 * @param sigma2      Displacements, Å², as many.
 * @param options     Path, model, uncertainties.
 * @throws OperandoError `E_SHAPE` for too few temperatures, `E_RANGE` for negative ones, `E_ARGUMENT` for a Debye model without a path of FEFF. Not converging is a result.
 * @see Sevillano, Meuth, Rehr, Phys. Rev. B 20 (1979) 4908; Fornasini, Grisenti, J. Synchrotron Rad. 22 (2015) 1242
 * @example
 * ```ts
 * import { einsteinSigma2, fitThermalDisorder, reducedMass } from 'operando/spectroscopy'
 * const temperature = [20, 100, 200, 300]
 * const sigma2 = temperature.map(t => einsteinSigma2(t, 400, reducedMass(['Ni', 'O'])) + 0.001)
 * const { theta, static: disorder, forceConstant } = fitThermalDisorder(temperature, sigma2, { path: ['Ni', 'O'] })
 * console.log(theta.value, disorder.value, forceConstant.value) // 400, 0.001, 57 N/m
 * ```
 */
export function fitThermalDisorder(
  temperature: NumbersLike,
  sigma2: NumbersLike,
  options: ThermalDisorderOptions,
): ThermalDisorder {
  assertFields(options, 'fitThermalDisorder options', ['path'])
  assertKnown(options, 'fitThermalDisorder options', OPTIONS)
  const { path, model = 'einstein', sigma } = options
  assertOneOf(model, 'model', ['einstein', 'debye'])
  const t = asFloat64(temperature, 'temperature')
  const measured = asFloat64(sigma2, 'sigma2', { length: t.length })
  const fewest = options.static === undefined ? 3 : 2
  if (t.length < fewest || new Set(t).size < 2) {
    throw new OperandoError(
      'E_SHAPE',
      `fitThermalDisorder: ${fewest} temperatures or more expected, ${t.length} found. With the static part known (static: 0), two are enough.`,
    )
  }
  const cold = t.findIndex(value => value < 0)
  if (cold >= 0) throw new OperandoError('E_RANGE', `temperature[${cold}] is ${t[cold]} K: 0 K or more expected.`)
  const mass = reducedMass(path)
  const thermal = thermalModel(path, model, mass)

  const [coldest, hottest] = [Math.min(...t), Math.max(...t)]
  const rise = measured[t.indexOf(hottest)]! - measured[t.indexOf(coldest)]!
  // the classical slope, thermal(T) = c T / theta², tells about where to begin
  const slope = Math.max(rise, 1e-5) / (hottest - coldest)
  const guess = Math.sqrt((thermal(HOT, 100) / HOT) * ((100 * 100) / slope))
  const start = Math.min(3000, Math.max(30, guess))
  const fit = fitCurve(
    t,
    measured,
    (at, p) => thermal(at, p.theta) + p.static,
    {
      theta: { value: start, min: 1, max: 1e5 },
      static: {
        value: options.static ?? Math.max(0, measured[t.indexOf(coldest)]! - thermal(coldest, start)),
        vary: options.static === undefined,
        scale: 1e-4,
      },
    },
    { sigma, scaleErrors: sigma === undefined },
  )
  const theta = withError(fit.parameters.theta!)
  const force = (BOLTZMANN * HOT) / (thermal(HOT, theta.value) * 1e-20)
  const perKelvin = (BOLTZMANN / PLANCK) * 1e-12
  return Object.freeze({
    ...fit,
    theta,
    static: withError(fit.parameters.static!),
    forceConstant: scaled(theta, force, 2),
    forceConstantEv: scaled(theta, (force * 1e-20) / ELEMENTARY_CHARGE, 2),
    frequency: scaled(theta, perKelvin * theta.value, 1),
  })
}

function thermalModel(
  path: ThermalDisorderOptions['path'],
  model: ThermalModel,
  mass: number,
): (temperature: number, theta: number) => number {
  if (model === 'einstein') return (temperature, theta) => einsteinSigma2(temperature, theta, mass)
  if ('rnorman' in path) return createCorrelatedDebye(path)
  throw new OperandoError(
    'E_ARGUMENT',
    "fitThermalDisorder: the model 'debye' needs a path of FEFF with positions and Norman radius; elements will do for 'einstein'.",
  )
}

const withError = ({
  value,
  standardError,
  varied,
}: {
  value: number
  standardError: number | null
  varied: boolean
}): WithError => ({
  value,
  standardError: varied ? standardError : 0,
})

/** A quantity that goes with a power of theta. */
function scaled(theta: WithError, value: number, power: number): WithError {
  return { value, standardError: theta.standardError === null ? null : (power * value * theta.standardError) / theta.value }
}
