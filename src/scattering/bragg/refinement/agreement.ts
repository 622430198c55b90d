import type { LineProfiles } from './patternModel.js'
import type { Agreement, SerialErrors } from './refinementTypes.js'

/** What {@link agreementOf} looks at: n values each. */
export interface AgreementInput {
  /** Pattern. */
  readonly y: Float64Array
  /** Square roots of the weights. */
  readonly weight: Float64Array
  /** The model. */
  readonly calculated: Float64Array
  /** Its background. */
  readonly background: Float64Array
  /** Points that count less what was refined. */
  readonly degreesOfFreedom: number
}

/**
 * R factors of a pattern.
 * @param input  Pattern and model.
 * @param rBragg By phase.
 * @see B. H. Toby, Powder Diffr. 21 (2006) 67
 */
export function agreementOf(
  { y, weight, calculated, background, degreesOfFreedom }: AgreementInput,
  rBragg: Readonly<Record<string, number>>,
): Agreement {
  let [misfit, total, net] = [0, 0, 0]
  for (let i = 0; i < y.length; i++) {
    const w = weight[i]! ** 2
    if (w === 0) continue
    misfit += w * (y[i]! - calculated[i]!) ** 2
    total += w * y[i]! ** 2
    net += w * (y[i]! - background[i]!) ** 2
  }
  const freedom = Math.max(1, degreesOfFreedom)
  return {
    rwp: Math.sqrt(misfit / total),
    rwpBackground: Math.sqrt(misfit / net),
    rExpected: Math.sqrt(freedom / total),
    chiSquare: misfit / freedom,
    rBragg,
  }
}

/**
 * What is observed of each line: the pattern above background, shared at each point as the model has it, where the line is more than a fiftieth of its height: the noise of far tails is left out.
 * @param profiles Profiles of area 1.
 * @param net      Pattern less background.
 * @param model    Model less background.
 * @param weight   Square roots of the weights; 0 where nothing is measured.
 * @param areas    Intensities.
 */
export function observedIntensities(
  { from, to, at, values }: LineProfiles,
  net: Float64Array,
  model: Float64Array,
  weight: Float64Array,
  areas: Float64Array,
): Float64Array {
  return areas.map((area, k) => {
    let [found, expected] = [0, 0]
    const shift = at[k]! - from[k]!
    let height = 0
    for (let i = from[k]!; i < to[k]!; i++) height = Math.max(height, values[shift + i]!)
    for (let i = from[k]!; i < to[k]!; i++) {
      const p = values[shift + i]!
      if (weight[i] === 0 || !(p > height / 50) || !(model[i]! > 0)) continue
      found += p * (net[i]! / model[i]!)
      expected += p
    }
    return expected > 0 ? (area * found) / expected : 0
  })
}

/** By how much the sums over runs of noise without serial correlation exceed the sum of squares: 1 + 4/pi. */
const OF_WHITE_NOISE = 1 + 4 / Math.PI

/**
 * Factor by which residuals that hang together widen standard errors: after Bérar and Lelann, who add residuals up as long as their sign stays, and compare the squares of these sums with the
 * squares of the residuals. Here divided by what white noise gives, so that 1 means none; never below 1.
 * @param residual       Weighted residuals, n values.
 * @param weight         Square roots of the weights; points of weight 0 end a run.
 * @param standardErrors Plain ones by name.
 * @see J.-F. Bérar, P. Lelann, J. Appl. Cryst. 24 (1991) 1
 */
export function berarLelann(
  residual: Float64Array,
  weight: Float64Array,
  standardErrors: Readonly<Record<string, number>>,
): SerialErrors {
  let [runs, run, squares] = [0, 0, 0]
  for (let i = 0; i < residual.length; i++) {
    const r = weight[i]! > 0 ? residual[i]! : 0
    if (r * run <= 0) {
      runs += run * run
      run = 0
    }
    run += r
    squares += r * r
  }
  runs += run * run
  const factor = squares > 0 ? Math.sqrt(Math.max(1, runs / squares / OF_WHITE_NOISE)) : 1
  return {
    factor,
    standardErrors: Object.fromEntries(Object.entries(standardErrors).map(([name, error]) => [name, error * factor])),
  }
}
