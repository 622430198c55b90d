import type { NumbersLike } from '../../../../core/arrays.js'
import { OperandoError } from '../../../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../../../core/fields.js'
import { leastSquares } from '../../../../numeric/leastSquares/leastSquares.js'
import { asSpectrum } from '../../../spectrum.js'
import { addEdgeFoot, type PreEdgeBaseline } from './prePeakModel.js'

/** Options of {@link subtractPreEdgeBaseline}. */
export interface PreEdgeBaselineOptions {
  /** Lowest and highest energy of the baseline, eV. */
  range: readonly [number, number]
  /** Where the peaks are, eV: left out of the fit of the baseline. */
  peaks: readonly [number, number]
  /** Foot of the edge. Default `'lorentzian'`, as Larch's "linear+lorentzian". */
  baseline?: PreEdgeBaseline | undefined
}

const OPTIONS: FieldsOf<PreEdgeBaselineOptions> = { range: true, peaks: true, baseline: true }

/** Pre-edge peaks without the edge. */
export interface PreEdgePeaks {
  /** Energies of the range, eV. */
  readonly energy: Float64Array
  /** Line and foot of the edge. */
  readonly baseline: Float64Array
  /** Data less baseline. */
  readonly peaks: Float64Array
  /** Mean energy weighted by `peaks`, over the whole range, by trapezia: does not depend on the spacing. */
  readonly centroid: number
  /** Mean energy weighted by `peaks`, a plain sum over points as in Larch: depends on the spacing. */
  readonly centroidOfPoints: number
  /** Area of `peaks` by trapezia, eV. */
  readonly area: number
  /** Highest value of `peaks`. */
  readonly height: number
}

/**
 * Separates pre-edge peaks from the edge without a model of them: a line and the foot of the edge are fitted outside the peaks and subtracted.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Normalised absorption, n values.
 * @param options Range, peaks, baseline.
 * @throws OperandoError `E_RANGE` for too few points outside the peaks or peaks that are not within the range; `E_AXIS`, `E_NAN`, `E_SHAPE`.
 * @example
 * ```ts
 * import { subtractPreEdgeBaseline } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 121 }, (_, i) => 7100 + 0.2 * i)
 * const mu = energy.map(e => 0.5 + Math.atan((e - 7126) / 2) / Math.PI + 0.08 * Math.exp(-(((e - 7113.4) / 0.9) ** 2)))
 * subtractPreEdgeBaseline(energy, mu, { range: [7103, 7122], peaks: [7110, 7117], baseline: 'arctan' }).centroid // 7113.4
 * ```
 */
export function subtractPreEdgeBaseline(energy: NumbersLike, mu: NumbersLike, options: PreEdgeBaselineOptions): PreEdgePeaks {
  assertFields(options, 'subtractPreEdgeBaseline options', ['range', 'peaks'])
  assertKnown(options, 'subtractPreEdgeBaseline options', OPTIONS)
  const all = asSpectrum(energy, mu)
  const { range, peaks, baseline: kind = 'lorentzian' } = options
  assertOneOf(kind, 'baseline', ['arctan', 'erf', 'lorentzian'])
  if (!(range[0] < peaks[0] && peaks[0] < peaks[1] && peaks[1] < range[1]))
    throw new OperandoError(
      'E_RANGE',
      `peaks: two energies within the range ${range[0]} ... ${range[1]} eV expected, found ${peaks[0]} ... ${peaks[1]}.`,
    )
  const inside = (e: number): boolean => e >= range[0] && e <= range[1]
  const x = all.energy.filter(inside)
  const y = all.mu.filter((_, i) => inside(all.energy[i]!))
  const free = Int32Array.from(x.keys()).filter(i => x[i]! <= peaks[0] || x[i]! >= peaks[1])
  if (free.length < 7)
    throw new OperandoError(
      'E_RANGE',
      `range: at least 7 points outside the peaks are needed for the baseline, ${free.length} found.`,
    )
  const n = x.length
  const span = x[n - 1]! - x[0]!
  const rise = Math.max(y[n - 1]! - y[0]!, 1e-3)
  const base = new Float64Array(n)
  const model = ([offset, slope, centre, width, height]: Float64Array): void => {
    for (let i = 0; i < n; i++) base[i] = offset! + slope! * (x[i]! - x[0]!)
    addEdgeFoot(kind, x, centre!, width!, height!, base)
  }
  const fit = leastSquares(
    {
      points: free.length,
      residuals(p, out): void {
        model(p)
        for (let i = 0; i < free.length; i++) out[i] = base[free[i]!]! - y[free[i]!]!
      },
    },
    [
      { name: 'offset', value: y[0]! },
      { name: 'slope', value: 0, scale: rise / span },
      { name: 'edge', value: x[n - 1]! + 0.15 * span, min: x[0]! + 0.5 * span, max: x[n - 1]! + span },
      { name: 'edgeWidth', value: 0.3 * span, min: 0.02 * span, max: 40 * span },
      { name: 'edgeHeight', value: 2 * rise, min: 0 },
    ],
  )
  model(Float64Array.from(Object.values(fit.parameters), p => p.value))
  return describe(
    x,
    base,
    y.map((v, i) => v - base[i]!),
  )
}

function describe(energy: Float64Array, baseline: Float64Array, peaks: Float64Array): PreEdgePeaks {
  let area = 0
  let moment = 0
  let sum = 0
  let weighted = 0
  for (let i = 0; i < energy.length; i++) {
    sum += peaks[i]!
    weighted += peaks[i]! * energy[i]!
    if (i === 0) continue
    const h = (energy[i]! - energy[i - 1]!) / 2
    area += h * (peaks[i]! + peaks[i - 1]!)
    moment += h * (peaks[i]! * energy[i]! + peaks[i - 1]! * energy[i - 1]!)
  }
  return Object.freeze({
    energy,
    baseline,
    peaks,
    centroid: moment / area,
    centroidOfPoints: weighted / sum,
    area,
    height: peaks.reduce((a, b) => Math.max(a, b)),
  })
}
