import type { RealArray } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import { asUnit, type Unit, unit } from '../../core/unit.js'
import { createFrameSource } from '../../model/createFrameSource.js'
import { createVariable } from '../../model/createVariable.js'
import type { Dataset, Variable } from '../../model/dataset.js'
import { derive, makeStep } from '../../model/derive.js'
import type { FrameSource } from '../../model/frameSource.js'
import { RADIAL_LABELS, RADIAL_UNITS } from '../geometry/radialAxis.js'
import type { FramePattern, Integrator } from './createIntegrator.js'
import type { ErrorModel } from './integratorOptions.js'

/** Options of {@link integrate}. */
export interface IntegrateOptions {
  /**
   * Incident intensity or exposure time that patterns are divided by: the name of a coord on `frame` (or of a single number of a frame), or a number a frame.
   * Its unit is divided into that of the result. A frame with a monitor that is 0, negative or NaN is masked. Default: none.
   */
  monitor?: string | ArrayLike<number> | undefined
}

const OPTIONS: FieldsOf<IntegrateOptions> = { monitor: true }

/** Dims of a series' patterns. */
export type PatternDims<Dim extends string> = 'frame' | Dim

/**
 * Integrates frames of a detector over azimuth, by the plan of {@link createIntegrator}: one frame, a series, or a source that is read frame by frame as patterns
 * are asked for.
 *
 * The pattern of each frame stands by itself: a frame without a good pixel, or without a monitor, becomes a masked pattern with a warning, and the others are as they would
 * be alone. Empty bins are NaN and masked. Sigma by the plan's error model; without one, from sigma of the frames, or as Poisson where they are in counts. With splitting, bins that
 * share pixels are correlated, which sigmas cannot say: see `binCovariance`.
 *
 * @param frames  Frames, `y` and `x` as the rows and columns of the geometry.
 * @param plan    The plan.
 * @param options Monitor.
 * @returns Patterns on the plan's axis (centres of bins; edges as coord `<axis>Edges`), other coords on `frame` kept.
 * @throws OperandoError `E_SHAPE` for frames of another size than the geometry's, `E_AXIS` for other dims, `E_MISSING` for a monitor that is not there.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { createGeometry, createIntegrator, integrate } from 'operando/scattering'
 * const geometry = createGeometry({ dist: 0.1, poni1: 0.01, poni2: 0.01, shape: [100, 100], pixel1: 2e-4, wavelength: 0.4 })
 * const frame = createDataset({ name: 'I', dims: ['y', 'x'], shape: [100, 100], values: new Int32Array(10000).fill(25), unit: 'counts' })
 * const pattern = integrate(frame, createIntegrator(geometry, { bins: 50, solidAngle: false }))
 * console.log(pattern.values[10], pattern.sigma![10]) // 25, and 5 over the root of the pixels in the bin
 * ```
 */
export function integrate<Dim extends string>(
  frames: Dataset<'frame' | 'y' | 'x'>,
  plan: Integrator<Dim>,
  options?: IntegrateOptions,
): Dataset<PatternDims<Dim>>
export function integrate<Dim extends string>(
  frames: Dataset<'y' | 'x'>,
  plan: Integrator<Dim>,
  options?: IntegrateOptions,
): Dataset<Dim>
export function integrate<Dim extends string>(
  frames: FrameSource<'y' | 'x'>,
  plan: Integrator<Dim>,
  options?: IntegrateOptions,
): FrameSource<Dim>
export function integrate(
  frames: Dataset | FrameSource<'y' | 'x'>,
  plan: Integrator,
  options: IntegrateOptions = {},
): Dataset | FrameSource {
  assertKnown(options, 'integrate options', OPTIONS)
  return 'stream' in frames ? integrateSource(frames, plan, options) : integrateDataset(frames, plan, options)
}

function integrateSource(frames: FrameSource<'y' | 'x'>, plan: Integrator, options: IntegrateOptions): FrameSource {
  checkShape(frames.shape.slice(1), plan)
  const lengths = lengthsOf(plan)
  const { monitor } = options
  return createFrameSource({
    name: frames.name,
    dims: [...plan.dims],
    shape: [frames.length, ...lengths],
    unit: unitOf(frames.unit, monitor, frames.coords),
    chunkShape: [frames.chunkShape[0]!, ...lengths],
    coords: frames.coords,
    meta: frames.meta,
    history: [...frames.history, makeStep('integrate', plan.parameters)],
    warnings: frames.warnings,
    read: async (index, { signal }) => {
      const frame = await frames.frame(index, { signal })
      const own = typeof monitor === 'string' || monitor === undefined ? monitor : [monitor[index]!]
      return integrateDataset(frame, plan, { monitor: own })
    },
  })
}

function integrateDataset(data: Dataset, plan: Integrator, options: IntegrateOptions): Dataset {
  const series = data.dims[0] === 'frame'
  const own = series ? data.dims.slice(1) : data.dims
  if (own.join() !== 'y,x')
    throw new OperandoError(
      'E_AXIS',
      `${data.name}: dims [y, x] or [frame, y, x] expected, found [${data.dims.join(', ')}]. Transpose it.`,
    )
  checkShape(series ? data.shape.slice(1) : data.shape, plan)
  const count = series ? data.shape[0]! : 1
  const lengths = lengthsOf(plan)
  const bins = plan.map.outputs
  const size = plan.map.inputs
  const errors = errorsOf(data, plan)
  const monitors = monitorsOf(data, options.monitor, count)
  const values = new Float64Array(count * bins)
  const sigma = errors === 'none' ? undefined : new Float64Array(count * bins)
  const mask = new Uint8Array(count * bins)
  const pattern: FramePattern = {
    intensity: new Float64Array(bins),
    sigma: new Float64Array(bins),
    pixels: new Float64Array(bins),
  }
  const variance = errors === 'variance' ? new Float64Array(size) : undefined
  const lost: number[] = []
  let holes = 0
  for (let f = 0; f < count; f++) {
    const frame = goodFrame(data, f, size)
    if (variance) for (let i = 0; i < size; i++) variance[i] = data.sigma![f * size + i]! ** 2
    const monitor = monitors ? monitors[f]! : 1
    const { intensity } = plan.frame(frame, { monitor, variance, errors }, pattern)
    let good = 0
    for (let b = 0; b < bins; b++) {
      const hole = !(monitor > 0 && Number.isFinite(intensity[b]!))
      values[f * bins + b] = hole ? Number.NaN : intensity[b]!
      if (sigma) sigma[f * bins + b] = hole ? Number.NaN : pattern.sigma[b]!
      mask[f * bins + b] = hole ? 1 : 0
      if (!hole) good++
    }
    if (good === 0) lost.push(f)
    else holes += bins - good
  }
  return derive(data, {
    dims: series ? ['frame', ...plan.dims] : plan.dims,
    shape: series ? [count, ...lengths] : lengths,
    values,
    sigma,
    mask: holes + lost.length > 0 ? mask : undefined,
    unit: unitOf(data.unit, options.monitor, data.coords),
    coords: { ...coordsWithoutPixels(data), ...axesOf(plan) },
    meta: plan.geometry.wavelength === undefined ? data.meta : { ...data.meta, wavelength: plan.geometry.wavelength },
    doubts: doubtsOf(lost, holes, count * bins),
    step: { op: 'integrate', parameters: { ...plan.parameters, errors } },
  })
}

/** One frame, its masked pixels as values that do not count. */
function goodFrame(data: Dataset, frame: number, size: number): RealArray {
  const values = data.values.subarray(frame * size, (frame + 1) * size)
  const mask = data.mask?.subarray(frame * size, (frame + 1) * size)
  if (!mask?.some(bad => bad !== 0)) return values
  const out = Float64Array.from(values)
  const hole = values instanceof Float32Array || values instanceof Float64Array
  for (let i = 0; i < size; i++) if (mask[i] || (!hole && values[i]! < 0)) out[i] = Number.NaN
  return out
}

function lengthsOf(plan: Integrator): number[] {
  return plan.azimuth ? [plan.azimuth.centres.length, plan.centres.length] : [plan.centres.length]
}

function checkShape(found: readonly number[], { geometry }: Integrator): void {
  if (found.join() === geometry.shape.join()) return
  throw new OperandoError(
    'E_SHAPE',
    `frames of ${found.join(' x ')} found, ${geometry.shape.join(' x ')} expected by the geometry. Is it that of another detector, binning or orientation?`,
    { details: { expected: [...geometry.shape], found: [...found] } },
  )
}

function errorsOf(data: Dataset, plan: Integrator): ErrorModel {
  if (plan.errors !== undefined) {
    if (plan.errors === 'variance' && !data.sigma)
      throw new OperandoError('E_MISSING', `${data.name}: the plan takes errors from sigma of the frames, which have none.`)
    return plan.errors
  }
  if (data.sigma) return 'variance'
  return data.unit.symbol === unit('counts').symbol ? 'poisson' : 'none'
}

function monitorsOf(
  data: Dataset,
  monitor: string | ArrayLike<number> | undefined,
  count: number,
): ArrayLike<number> | undefined {
  if (monitor === undefined) return undefined
  const values = typeof monitor === 'string' ? data.coords[monitor]?.values : monitor
  if (values?.length === count) return values
  const found = values === undefined ? `there are [${Object.keys(data.coords).join(', ')}]` : `found ${values.length}`
  const what = typeof monitor === 'string' ? `coord '${monitor}' with a number a frame` : 'a monitor a frame'
  throw new OperandoError(values === undefined ? 'E_MISSING' : 'E_SHAPE', `integrate: ${what} (${count}) expected, ${found}.`)
}

function unitOf(own: Unit, monitor: string | ArrayLike<number> | undefined, coords: Readonly<Record<string, Variable>>): Unit {
  const by = typeof monitor === 'string' ? coords[monitor]?.unit.symbol : undefined
  return by ? asUnit(`${own.symbol || '1'}/(${by})`, 'intensity') : own
}

/** Coords that do not stand on pixels. */
function coordsWithoutPixels({ coords }: Dataset): Record<string, Variable> {
  return Object.fromEntries(Object.entries(coords).filter(([, coord]) => !coord.dims.includes('y') && !coord.dims.includes('x')))
}

function axesOf({ axis, centres, edges, azimuth }: Integrator): Record<string, Variable> {
  const radial = { dims: [axis], unit: RADIAL_UNITS[axis], label: RADIAL_LABELS[axis] }
  const turn = { dims: ['chi'], unit: 'deg', label: 'Azimuth' }
  return {
    [axis]: createVariable({ ...radial, values: centres }),
    [`${axis}Edges`]: createVariable({ ...radial, values: edges, edges: true }),
    ...(azimuth && {
      chi: createVariable({ ...turn, values: azimuth.centres }),
      chiEdges: createVariable({ ...turn, values: azimuth.edges, edges: true }),
    }),
  }
}

function doubtsOf(lost: readonly number[], holes: number, bins: number): Issue[] {
  const doubts: Issue[] = []
  if (lost.length > 0) {
    const some = lost.slice(0, 10).join(', ')
    doubts.push({
      code: 'W_BAD_FRAME',
      message: `integrate masked ${lost.length} whole frames, which have no good pixel or no monitor: ${some}${lost.length > 10 ? ' ...' : ''}.`,
      place: `frame ${some}`,
    })
  }
  if (holes > 0) {
    doubts.push({ code: 'W_EMPTY_BINS', message: `integrate masked ${holes} of ${bins} bins, which no good pixel reaches.` })
  }
  return doubts
}
