import type { RealArray } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown } from '../../core/fields.js'
import type { Json } from '../../model/dataset.js'
import { ALL_FINITE, createSparseProduct } from '../../numeric/sparse/createSparseProduct.js'
import type { SparseMap } from '../../numeric/sparse/sparseMap.js'
import { type SparseRows, sparseRows } from '../../numeric/sparse/sparseRows.js'
import type { Geometry } from '../geometry/createGeometry.js'
import { normalization } from '../geometry/pixelValues.js'
import type { RadialAxis } from '../geometry/radialAxis.js'
import { azimuthOf } from './azimuth.js'
import { binCentres, evenBins } from './bins.js'
import { buildMap } from './buildMap.js'
import { createConstantsFinder } from './frameConstants.js'
import { goodValues } from './goodValues.js'
import { type CakeOptions, type ErrorModel, INTEGRATOR_FIELDS, type IntegratorOptions } from './integratorOptions.js'
import { badPixels, imageOf } from './pixelInputs.js'
import { clippedMeans, medians } from './robust.js'

/** A frame's pattern as plain arrays, one number a bin; radial bins fastest. */
export interface FramePattern {
  /** Intensity: sum of counts less dark over sum of normalisations; NaN in empty bins. */
  readonly intensity: Float64Array
  /** Standard errors; NaN in empty bins, and everywhere without an error model. */
  readonly sigma: Float64Array
  /** Pixels that each bin is made of, shares summed; 0 for empty bins. */
  readonly pixels: Float64Array
}

/** What goes with one frame. */
export interface FrameInput {
  /** Incident intensity or time: the pattern is divided by it. Default 1. */
  monitor?: number | undefined
  /** Variance of each pixel, for the error model `'variance'`. */
  variance?: RealArray | undefined
  /** Error model, in place of the plan's. */
  errors?: ErrorModel | undefined
}

/** The plan of azimuthal integration for one geometry: see {@link createIntegrator}. */
export interface Integrator<Dim extends string = string> {
  /** Where the detector stands. */
  readonly geometry: Geometry
  /** Dims of a pattern: the radial axis, behind `chi` where there are bins of azimuth. */
  readonly dims: readonly Dim[]
  /** Radial axis. */
  readonly axis: RadialAxis
  /** Edges of the radial bins. */
  readonly edges: Float64Array
  /** Their centres. */
  readonly centres: Float64Array
  /** Edges and centres of the bins of azimuth in degrees, where there are any; rising, beyond 180 for a sector across the cut. */
  readonly azimuth?:
    | {
        /** Edges, one more than bins. */
        readonly edges: Float64Array
        /** Centres. */
        readonly centres: Float64Array
      }
    | undefined
  /** Pixels to bins, in double precision. */
  readonly map: SparseMap
  /** Pixels of each bin; made when it is first asked for. */
  readonly rows: SparseRows
  /** Normalisation of each pixel: flat x solid angle x polarisation. */
  readonly normalization: Float64Array
  /** Dark counts of each pixel, if any. */
  readonly dark?: Float64Array | undefined
  /** Error model, if the plan was told one. */
  readonly errors?: ErrorModel | undefined
  /** What was asked for, for the history of a result. */
  readonly parameters: { readonly [key: string]: Json | undefined }
  /**
   * Integrates one frame.
   * @param values Counts, rows x columns, as the detector gave them.
   * @param input  Monitor, variance.
   * @param out    Receives the pattern; made if absent.
   * @throws OperandoError `E_SHAPE` for a frame of another size.
   */
  frame(values: RealArray, input?: FrameInput, out?: FramePattern): FramePattern
  /**
   * Counts less dark of each pixel, NaN where it is bad: what statistics over azimuth start from.
   * @param values Counts.
   */
  counts(values: RealArray): Float64Array
}

/** Arrays for a pattern of so many bins. */
function patternOf(count: number): FramePattern {
  return { intensity: new Float64Array(count), sigma: new Float64Array(count), pixels: new Float64Array(count) }
}

/**
 * The plan of azimuthal integration: which pixel counts for which bin, worked out once in double precision and used for all frames of a geometry. {@link integrate}
 * applies it to Datasets; its `frame` to plain arrays.
 *
 * A bin's intensity is the sum of (counts - dark) over the sum of flat x solid angle x polarisation of its pixels, which is what their photons say best; not the mean
 * of corrected pixels. Bins are half-open; a pixel that reaches over the ends of the range gives only what lies inside. Empty bins are masked.
 *
 * @param geometry Where the detector stands.
 * @param options  Axis, bins, splitting, masks, corrections, error model; `azimuthBins` for patterns by azimuth.
 * @throws OperandoError `E_MISSING` for q or d without wavelength, `E_SHAPE` for a mask, dark or flat of another size, `E_RANGE` for empty ranges,
 *   `E_ARGUMENT` where no pixel is left, `E_AXIS` for edges that do not rise.
 * @see J. Kieffer, J. P. Wright, Powder Diffraction 28 (2013) S339
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { createGeometry, createIntegrator, integrate } from 'operando/scattering'
 * const geometry = createGeometry({ dist: 0.1, poni1: 0.01, poni2: 0.01, shape: [100, 100], pixel1: 2e-4, wavelength: 0.4 })
 * const plan = createIntegrator(geometry, { bins: 50, polarization: 0.99, errors: 'poisson' })
 * const frames = createDataset({ name: 'I', dims: ['frame', 'y', 'x'], shape: [2, 100, 100], values: new Uint32Array(20000).fill(40), unit: 'counts' })
 * const patterns = integrate(frames, plan) // Dataset<'frame' | 'q'>
 * console.log(patterns.shape) // [2, 50]
 * ```
 */
export function createIntegrator<const Axis extends RadialAxis = 'q'>(
  geometry: Geometry,
  options: CakeOptions<Axis>,
): Integrator<Axis | 'chi'>
export function createIntegrator<const Axis extends RadialAxis = 'q'>(
  geometry: Geometry,
  options?: IntegratorOptions<Axis>,
): Integrator<Axis>
export function createIntegrator(
  geometry: Geometry,
  options: IntegratorOptions & { azimuthBins?: number | undefined } = {},
): Integrator {
  assertKnown(options, 'createIntegrator options', INTEGRATOR_FIELDS)
  const { axis = 'q', bins: wanted = 1000, range, split = 'box', solidAngle = true, polarization, azimuthBins } = options
  const { errors, statistic = 'mean', dummy, saturation } = options
  check(options)
  const [rowCount, columnCount] = geometry.shape
  const size = rowCount * columnCount
  const norm = normalization(geometry, { solidAngle, polarization })
  const flat = options.flat === undefined ? undefined : imageOf(options.flat, geometry.shape, 'flat')
  if (flat) for (let i = 0; i < size; i++) norm[i]! *= flat[i]!
  const dark = options.dark === undefined ? undefined : imageOf(options.dark, geometry.shape, 'dark')
  const bad = badPixels(options.mask, geometry.shape, norm, dark)
  const azimuth =
    azimuthBins === undefined && options.azimuthRange === undefined
      ? undefined
      : azimuthOf(options.azimuthRange, azimuthBins ?? 1)
  const byAzimuth = azimuthBins !== undefined
  const { map, bins } = buildMap(geometry, { axis, bins: wanted, range, split, azimuth, byAzimuth, bad })
  for (let i = 0; i < size; i++) if (bad[i]) norm[i] = 0
  if (dark) for (let i = 0; i < size; i++) if (bad[i]) dark[i] = 0

  const product = createSparseProduct(map, options.kernels)
  const constants = createConstantsFinder(map, product, norm, dark)
  const count = map.outputs
  const signal = new Float64Array(count)
  const squares = new Float64Array(count)
  const turns = byAzimuth ? evenBins(azimuth!.from, azimuth!.from + azimuth!.width, azimuth!.bins) : undefined
  let rows: SparseRows | undefined

  const scatter = (values: Float64Array, out: FramePattern): void => {
    // sum w² (v - I n)², with I the mean
    const [pixels, mean] = [new Float64Array(size), new Float64Array(count)]
    const sums = [0, 1, 2].map(power => {
      for (let i = 0; i < size; i++) {
        const v = values[i]!
        const n = norm[i]!
        pixels[i] = Number.isNaN(v) ? 0 : power === 0 ? n * n : power === 1 ? n * v : v * v
      }
      const out2 = new Float64Array(count)
      product.apply(pixels, ALL_FINITE, mean, out2)
      return out2
    })
    for (let b = 0; b < count; b++) {
      const m = out.intensity[b]!
      squares[b] = Math.max(0, sums[2]![b]! - 2 * m * sums[1]![b]! + m * m * sums[0]![b]!)
    }
  }

  const plan: Integrator = {
    geometry,
    dims: byAzimuth ? ['chi', axis] : [axis],
    axis,
    edges: bins.edges,
    centres: binCentres(bins),
    azimuth: turns && { edges: turns.edges, centres: binCentres(turns) },
    map,
    get rows(): SparseRows {
      rows ??= sparseRows(map)
      return rows
    },
    normalization: norm,
    dark,
    errors,
    parameters: {
      axis,
      bins: bins.count,
      first: bins.edges[0]!,
      last: bins.edges[bins.count]!,
      split,
      solidAngle,
      polarization,
      azimuthFrom: azimuth?.from,
      azimuthWidth: azimuth?.width,
      azimuthBins,
      masked: countOf(bad),
      dark: dark !== undefined,
      flat: flat !== undefined,
      statistic: typeof statistic === 'string' ? statistic : `sigma clip ${statistic.sigmaClip}`,
      dist: geometry.dist,
      poni1: geometry.poni1,
      poni2: geometry.poni2,
      rot1: geometry.rot1,
      rot2: geometry.rot2,
      rot3: geometry.rot3,
      orientation: geometry.orientation,
    },
    counts(values): Float64Array {
      const { least, most, dummy: hole } = goodValues(values, dummy, saturation)
      const out = new Float64Array(size)
      for (let i = 0; i < size; i++) {
        const v = values[i]!
        out[i] = v >= least && v <= most && v !== hole ? v - (dark ? dark[i]! : 0) : Number.NaN
      }
      return out
    },
    frame(values, input = {}, out = patternOf(count)): FramePattern {
      const { monitor = 1 } = input
      const model = input.errors ?? errors ?? (input.variance ? 'variance' : 'none')
      const good = goodValues(values, dummy, saturation)
      const poisson = model === 'poisson' && statistic === 'mean'
      const left = product.apply(values, good, signal, poisson ? squares : undefined)
      const known = left === 0 ? constants.clean : constants.of(values, good)
      const { intensity, sigma, pixels } = out
      pixels.set(known.pixels)
      if (statistic !== 'mean') {
        rows ??= sparseRows(map)
        const counts = plan.counts(values)
        if (statistic === 'median') medians(rows, counts, norm, intensity, sigma)
        else clippedMeans(rows, counts, norm, statistic.sigmaClip, statistic.iterations ?? 5, intensity, sigma)
        for (let b = 0; b < count; b++) {
          intensity[b]! /= monitor
          sigma[b]! /= monitor
        }
        return out
      }
      const { dark: darkSum } = known
      for (let b = 0; b < count; b++) {
        const there = pixels[b]! > 0 && known.normalization[b]! > 0
        intensity[b] = there ? (signal[b]! - (darkSum ? darkSum[b]! : 0)) / known.normalization[b]! : Number.NaN
      }
      if (model === 'variance') addVariance(values, input.variance)
      else if (model === 'azimuthal') scatter(plan.counts(values), out)
      else if (model === 'none') squares.fill(Number.NaN)
      for (let b = 0; b < count; b++) {
        // where nothing was counted, as if one had been: a sigma of 0 would be certainty
        const root = model === 'poisson' && squares[b] === 0 ? Math.min(1, pixels[b]!) : Math.sqrt(squares[b]!)
        sigma[b] = Number.isNaN(intensity[b]!) ? Number.NaN : root / known.normalization[b]! / monitor
        intensity[b]! /= monitor
      }
      return out
    },
  }

  function addVariance(values: RealArray, variance: RealArray | undefined): void {
    if (!variance)
      throw new OperandoError('E_MISSING', "errors: 'variance' needs frames with sigma, or the variance of each pixel.")
    const counts = plan.counts(values)
    const used = new Float64Array(size)
    for (let i = 0; i < size; i++) used[i] = Number.isNaN(counts[i]!) || norm[i] === 0 ? 0 : variance[i]!
    product.apply(used, { least: 0, most: Number.MAX_VALUE, dummy: Number.NaN }, new Float64Array(count), squares)
  }
  return plan
}

function countOf(bad: Uint8Array): number {
  let count = 0
  for (let i = 0; i < bad.length; i++) count += bad[i]!
  return count
}

function check({ polarization, statistic, saturation }: IntegratorOptions): void {
  if (polarization !== undefined && !(Math.abs(polarization) <= 1))
    throw new OperandoError(
      'E_RANGE',
      `polarization is ${polarization}: a degree from -1 to 1 expected; leave it away for no correction.`,
    )
  if (typeof statistic === 'object' && !(statistic.sigmaClip > 0))
    throw new OperandoError('E_RANGE', `sigmaClip is ${statistic.sigmaClip}: standard deviations above 0 expected.`)
  if (saturation !== undefined && !(saturation > 0))
    throw new OperandoError('E_RANGE', `saturation is ${saturation}: counts above 0 expected.`)
}
