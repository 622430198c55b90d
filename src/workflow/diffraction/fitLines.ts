import { OperandoError } from '../../core/errors.js'
import type { LongTask } from '../../core/progress.js'
import { multiplyUnits, type Unit, unit } from '../../core/unit.js'
import { createUnitCell } from '../../model/crystal/unitCell.js'
import type { Dataset } from '../../model/dataset.js'
import type { Trends } from '../../scattering/bragg/mechanism/mechanismTypes.js'
import { createPhaseFit } from '../../scattering/bragg/phases/createPhaseFit.js'
import type { FitPhase, PhaseFit } from '../../scattering/bragg/phases/phaseFitTypes.js'
import { type SequenceResult, sequence } from '../../series/sequence/sequence.js'
import type { DiffractionOptions, LineConfig } from './config.js'
import { trendsOf } from './trends.js'

/** Lines that were fitted together. */
export interface LineGroup {
  /** The lines. */
  readonly lines: readonly LineConfig[]
  /** Part of the axis, degrees 2theta. */
  readonly range: readonly [number, number]
  /** First point of the run's axis, and one past the last. */
  readonly points: readonly [number, number]
  /** The fit. */
  readonly fit: PhaseFit
  /** How it went. */
  readonly result: SequenceResult
}

/** Chebyshev terms of the background under a group of lines. */
const LINE_BACKGROUND = 2

/**
 * Follows lines along the frames: position (as d, or a of a cubic phase), area and width of each. A line is fitted as a phase of one reflection, so
 * that it may vanish and come back.
 * @param run     Prepared patterns.
 * @param lines   The lines.
 * @param options Wavelength, second line, direction.
 * @param task    Abort and progress, in frames.
 */
export async function fitLines(
  run: Dataset<'frame' | 'twoTheta'>,
  lines: readonly LineConfig[],
  options: DiffractionOptions & { readonly wavelength: number },
  task: LongTask,
): Promise<{ readonly groups: readonly LineGroup[]; readonly trends: Trends }> {
  const { wavelength, doublet, polarization } = options
  const groups: LineGroup[] = []
  let trends: Trends = {}
  const frames = run.shape[0]!
  const clusters = clustersOf(lines)
  for (const [done, cluster] of clusters.entries()) {
    const range: [number, number] = [Math.min(...cluster.map(l => l.range[0])), Math.max(...cluster.map(l => l.range[1]))]
    const axis = run.coords.twoTheta!.values as Float64Array
    const points: [number, number] = [axis.findIndex(x => x >= range[0]), axis.findLastIndex(x => x <= range[1]) + 1]
    if (points[0] < 0 || points[1] - points[0] < 10) {
      throw new OperandoError(
        'E_RANGE',
        `line ${cluster[0]!.name}: fewer than 10 points of the patterns lie within ${range[0]} to ${range[1]} degrees.`,
      )
    }
    const width = run.shape[1]!
    const cut = (array: ArrayLike<number>, frame: number): Float64Array =>
      Float64Array.from({ length: points[1] - points[0] }, (_, i) => array[frame * width + points[0] + i]!)
    const x = axis.slice(points[0], points[1])
    // the first frame with anything in it tells where the lines start
    const begin = Math.max(0, run.mask ? firstUsed(run.mask, frames) : 0)
    const phases = cluster.map(line => lineAsPhase(line, x, cut(run.values, begin), options.wavelength))
    const fit = createPhaseFit(x, phases, { wavelength, doublet, polarization, zero: 0, background: LINE_BACKGROUND })
    const progress = task.onProgress
    const result = await sequence(
      { length: frames, frame: (index: number) => index },
      (index, seed) => {
        const mask = run.mask && cut(run.mask, index)
        return fit.fit({ intensity: cut(run.values, index), sigma: cut(run.sigma!, index), mask }, seed)
      },
      {
        direction: options.direction,
        signal: task.signal,
        onProgress: progress && ((n, total) => progress(done * frames + (n / total) * frames, clusters.length * frames)),
        coords: Object.fromEntries(Object.entries(run.coords).filter(([, c]) => c.dims[0] === 'frame')),
      },
    )
    groups.push({ lines: cluster, range, points, fit, result })
    const raw = trendsOf(result, phases, name => /\.(scale|a|fwhm)$/.test(name))
    trends = { ...trends, ...renamed(raw, cluster, wavelength, multiplyUnits(run.unit, unit('deg'))) }
  }
  return { groups, trends }
}

/** Lines whose ranges overlap, each cluster by rising angle. */
function clustersOf(lines: readonly LineConfig[]): LineConfig[][] {
  const clusters: LineConfig[][] = []
  let end = -Infinity
  for (const line of [...lines].sort((a, b) => a.range[0] - b.range[0])) {
    if (line.range[0] < end) clusters[clusters.length - 1]!.push(line)
    else clusters.push([line])
    end = Math.max(end, line.range[1])
  }
  return clusters
}

function firstUsed(mask: Uint8Array, frames: number): number {
  const points = mask.length / frames
  return Math.floor(mask.indexOf(0) / points)
}

function lineAsPhase(line: LineConfig, x: Float64Array, first: Float64Array, wavelength: number): FitPhase {
  let top = -1
  x.forEach((angle, i) => {
    if (angle >= line.range[0] && angle <= line.range[1] && (top < 0 || Number.isNaN(first[top]!) || first[i]! > first[top]!))
      top = i
  })
  const at = line.at ?? x[top]!
  const hkl = line.cubicHkl ?? ([1, 0, 0] as const)
  const d = wavelength / (2 * Math.sin((at * Math.PI) / 360))
  return {
    name: line.name,
    cell: createUnitCell({ a: d * Math.hypot(...hkl) }),
    reflections: [{ hkl, multiplicity: 1, f2: 1 }],
  }
}

/** In the words of lines: area instead of a scale, d where the indices are not known, and the angle. */
function renamed(trends: Trends, lines: readonly LineConfig[], wavelength: number, areaUnit: Unit): Trends {
  const out: Record<string, Dataset<'frame'>> = {}
  for (const line of lines) {
    const [scale, a, fwhm] = ['scale', 'a', 'fwhm'].map(what => trends[`${line.name}.${what}`])
    const order = Math.hypot(...(line.cubicHkl ?? [1, 0, 0]))
    const put = (what: string, from: Dataset<'frame'> | undefined, extra: Partial<Dataset<'frame'>> = {}): void => {
      const name = `${line.name}.${what}`
      if (from) out[name] = Object.freeze({ ...from, name, ...extra })
    }
    const label = (words: string): string => `${words} ${line.name}`
    if (a) put(line.cubicHkl ? 'a' : 'd', a, { label: label(line.cubicHkl ? 'a' : 'd') })
    if (scale) {
      // the area of a line of the model: scale / (V sin² theta cos theta); where the position was held, that of the start
      let last = Number.NaN
      const factor = Float64Array.from(scale.values, (_, i) => {
        const edge = a?.values[i] ?? Number.NaN
        if (!Number.isNaN(edge)) last = edge
        const sin = (wavelength * order) / (2 * (Number.isNaN(edge) ? last : edge))
        return 1 / (last ** 3 * sin * sin * Math.sqrt(1 - sin * sin))
      })
      const first = factor.find(v => !Number.isNaN(v)) ?? 1
      const scaled = (values: ArrayLike<number>): Float64Array =>
        Float64Array.from(values, (v, i) => v * (Number.isNaN(factor[i]) ? first : factor[i]!))
      put('area', scale, {
        values: scaled(scale.values),
        sigma: scale.sigma && scaled(scale.sigma),
        unit: areaUnit,
        label: label('Area'),
      })
    }
    put('fwhm', fwhm)
  }
  return out
}
