import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { createDataset } from '../../../model/createDataset.js'
import type { Dataset } from '../../../model/dataset.js'
import { type MeasuredLine, numberAndError } from './measuredLine.js'
import { WILLIAMSON_HALL_FIELDS, type WilliamsonHall, type WilliamsonHallOptions, williamsonHall } from './williamsonHall.js'

/** A fitted number along a series, as `sequence` of `operando/series` has it in `parameters`. */
export interface SeriesColumn {
  /** A value by frame; NaN where there is none. */
  readonly values: ArrayLike<number>
  /** Its standard uncertainty by frame. */
  readonly sigma?: ArrayLike<number> | undefined
}

/** A line along a series. */
export interface SeriesLine {
  /** Its centre, degrees 2theta. */
  readonly centre: SeriesColumn
  /** Its full width at half maximum, degrees. */
  readonly fwhm: SeriesColumn
}

/** A quantity with a number a frame. */
export interface FrameQuantity {
  /** Its name, which the coordinate has: `x`. */
  readonly name: string
  /** Numbers, one a frame. */
  readonly values: ArrayLike<number>
  /** Their unit. Default none. */
  readonly unit?: string | undefined
}

/** Options of {@link sizeAndStrainSeries}. */
export interface SizeAndStrainSeriesOptions extends WilliamsonHallOptions {
  /** What the frames are told by besides their number: x in LixNiO2, state of charge. Default nothing. */
  against?: FrameQuantity | undefined
}

const OPTIONS: FieldsOf<SizeAndStrainSeriesOptions> = { ...WILLIAMSON_HALL_FIELDS, against: true }

/** Size and strain along a series. */
export interface SizeAndStrainSeries {
  /** Size of domains, Å, by frame; masked where the lines do not tell it. */
  readonly size: Dataset<'frame'>
  /** Apparent strain by frame; masked where fewer than two lines were there. */
  readonly strain: Dataset<'frame'>
  /** What each frame gave; `null` where it had too few lines. */
  readonly frames: readonly (WilliamsonHall | null)[]
}

/**
 * Size and strain along a series, by {@link williamsonHall} frame by frame, against the state of charge if that is given.
 *
 * @param lines   Lines of one phase with their fitted centres and widths, n frames each. A frame where a line is NaN does without it.
 * @param options As of {@link williamsonHall}, and what to hold the frames against.
 * @throws OperandoError `E_ARGUMENT` for fewer than two lines, `E_SHAPE` for columns of other lengths.
 * @example
 * ```ts
 * import { sizeAndStrainSeries } from 'operando/scattering'
 * // as run.parameters['003.centre'] and run.parameters['003.fwhm'] of a sequence of peak fits
 * const line = (centre: number, growth: number) => ({
 *   centre: { values: [centre, centre, centre] },
 *   fwhm: { values: [0, 1, 2].map(k => 0.2 / Math.cos((centre * Math.PI) / 360) + k * growth), sigma: [0.002, 0.002, 0.002] },
 * })
 * const { strain } = sizeAndStrainSeries([line(20, 0.02), line(45, 0.046), line(70, 0.079)], {
 *   wavelength: 1.5406,
 *   against: { name: 'x', values: [1, 0.75, 0.5] },
 * })
 * console.log(strain.values, strain.coords.x?.values)
 * ```
 */
export function sizeAndStrainSeries(lines: readonly SeriesLine[], options: SizeAndStrainSeriesOptions): SizeAndStrainSeries {
  assertKnown(options, 'sizeAndStrainSeries options', OPTIONS)
  if (!Array.isArray(lines as unknown) || lines.length < 2)
    throw new OperandoError('E_ARGUMENT', 'sizeAndStrainSeries: two lines or more of one phase expected.')
  assertFields(options, 'sizeAndStrainSeries options', ['wavelength'])
  const { against, ...rest } = options
  for (const [i, line] of lines.entries()) {
    assertFields(line, `lines[${i}]`, ['centre', 'fwhm'])
    assertFields(line.centre, `lines[${i}].centre`, ['values'])
    assertFields(line.fwhm, `lines[${i}].fwhm`, ['values'])
  }
  const count = lines[0]!.centre.values.length
  for (const [i, { centre, fwhm }] of lines.entries())
    for (const length of [centre.values.length, fwhm.values.length, against?.values.length ?? count])
      if (length !== count)
        throw new OperandoError('E_SHAPE', `lines[${i}]: ${count} frames expected, as the first line has; found ${length}.`)
  const frames = Array.from({ length: count }, (_, k) => {
    const there = lines.flatMap(line => lineOf(line, k))
    return there.length < 2 ? null : williamsonHall(there, rest)
  })
  const column = (
    name: string,
    unit: string,
    of: (found: WilliamsonHall) => { value: number; standardError: number | null } | null,
  ): Dataset<'frame'> => {
    const cells = frames.map(found => (found ? of(found) : null))
    const values = Float64Array.from(cells, cell => cell?.value ?? Number.NaN)
    return createDataset({
      name,
      dims: ['frame'],
      shape: [count],
      values,
      unit,
      sigma: Float64Array.from(cells, cell => cell?.standardError ?? Number.NaN),
      mask: Uint8Array.from(values, v => Number(!Number.isFinite(v))),
      ...(against && {
        coords: { [against.name]: { dims: ['frame'], values: Float64Array.from(against.values), unit: against.unit ?? '' } },
      }),
    })
  }
  return { size: column('size', 'Å', found => found.size), strain: column('strain', '', found => found.strain), frames }
}

function lineOf({ centre, fwhm }: SeriesLine, k: number): MeasuredLine[] {
  const error = fwhm.sigma?.[k]
  const width = numberAndError({ value: fwhm.values[k]!, standardError: error !== undefined && error > 0 ? error : null })
  return Number.isFinite(centre.values[k]) && width.value > 0 ? [{ centre: centre.values[k]!, fwhm: width }] : []
}
