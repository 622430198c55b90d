import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions } from '../figure.js'
import { linePlot } from './linePlot.js'

/** A material for {@link penetrationPlot}. */
export interface PenetrationCurve {
  /** Name in the legend. */
  readonly name: string
  /** Photon energies, eV, n values. */
  readonly energies: NumbersLike
  /** Depth at which 1/e of the intensity is left, µm, n values: what `penetrationDepth` of `operando/matter` gives. */
  readonly depth: NumbersLike
  /** `#rrggbb`. Default by a colour-blind-safe list. */
  readonly color?: string | undefined
}

/** Options of {@link penetrationPlot}. */
export interface PenetrationPlotOptions extends FigureOptions {
  /** Part of the energies to show, keV. Default all. */
  readonly xRange?: readonly [number, number] | undefined
  /** Part of the depths to show, µm. Default all. */
  readonly yRange?: readonly [number, number] | undefined
}

const OPTIONS: FieldsOf<PenetrationPlotOptions> = { ...FIGURE_FIELDS, xRange: true, yRange: true }

/** After as many curves as there are colours the lines are dashed, then dotted. */
const DASHES: readonly (readonly number[] | undefined)[] = [undefined, [6, 3], [2, 2]]
const COLORS = 7

/**
 * Penetration depth of materials against photon energy, both axes logarithmic: what a beam of some energy can look through.
 * @param curves  One for each material.
 * @param options Ranges, title, size.
 * @throws OperandoError `E_ARGUMENT` without curves, `E_SHAPE` for other lengths.
 * @example
 * ```ts
 * import { penetrationDepth } from 'operando/matter'
 * import { penetrationPlot } from 'operando/plot'
 * const energies = [5e3, 1e4, 2e4, 4e4, 8e4]
 * const curves = ['Be', 'Al', 'Cu'].map(async name => ({ name, energies, depth: await penetrationDepth(name, energies) }))
 * penetrationPlot(await Promise.all(curves)).svg.length > 0 // true
 * ```
 */
export function penetrationPlot(curves: readonly PenetrationCurve[], options: PenetrationPlotOptions = {}): Figure {
  assertKnown(options, 'penetrationPlot options', OPTIONS)
  if (!Array.isArray(curves) || curves.length === 0)
    throw new OperandoError('E_ARGUMENT', 'penetrationPlot: at least one curve expected.')
  return linePlot(
    (curves as readonly PenetrationCurve[]).map(({ name, energies, depth, color }, i) => ({
      x: { values: asFloat64(energies, `energies of ${name}`).map(e => e / 1000), label: 'Photon energy', unit: 'keV' },
      y: depth,
      label: 'Penetration depth (1/e)',
      unit: 'µm',
      name,
      color,
      lineWidth: 1.5,
      dash: DASHES[Math.floor(i / COLORS) % DASHES.length],
    })),
    { height: 460, ...options, xScale: 'log', yScale: 'log' },
  )
}
