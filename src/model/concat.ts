import type { RealArray } from '../core/arrays.js'
import { assertCompatible, convertFactor } from '../core/convert.js'
import { OperandoError } from '../core/errors.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import type { Issue } from '../core/issue.js'
import type { Unit } from '../core/unit.js'
import { ALIGN_FIELDS, type AlignOptions, assertAligned, valuesIn, whereTheyPart } from './align.js'
import { assertDataset } from './assertDataset.js'
import { createDataset } from './createDataset.js'
import type { VariableInput } from './createVariable.js'
import type { Dataset, Meta, Variable } from './dataset.js'
import { deriveVariable, makeStep } from './derive.js'
import { emptyLike, layoutOf } from './layout.js'

/** Options of {@link concat}. */
export interface ConcatOptions extends AlignOptions {
  /** For a new dim: its axis, as many values as parts. Single-number coords of the parts (time, voltage ...) go onto the new dim in any case, and so do others in which the parts differ. */
  coord?: Omit<VariableInput, 'dims' | 'shape'> | undefined
}

const OPTIONS: FieldsOf<ConcatOptions> = { ...ALIGN_FIELDS, coord: true }

/** A variable with a dim of length 1 before its own, if it lacks the dim. */
function expand<V extends Variable>(variable: V, dim: string): V {
  if (variable.dims.includes(dim)) return variable
  return { ...variable, dims: [dim, ...variable.dims], shape: [1, ...variable.shape] }
}

/** The values of all parts in the unit of the first, of one array type: that of the parts if they share it and their unit, else double. */
function unify(parts: readonly { values: RealArray; unit: Unit }[], isSigma: boolean): RealArray[] {
  const { unit, values } = parts[0]!
  const sameType = parts.every(p => p.values.constructor === values.constructor)
  const sameUnit = parts.every(p => p.unit.factor === unit.factor && p.unit.offset === unit.offset)
  if (sameType && sameUnit) return parts.map(p => p.values)
  if (!isSigma) return parts.map(p => valuesIn(p, unit))
  return parts.map(p => Float64Array.from(p.values, s => s * convertFactor(p.unit, unit)))
}

/** Puts arrays one behind the other along an axis. */
function join(arrays: readonly RealArray[], shapes: readonly (readonly number[])[], axis: number, width: number): RealArray {
  const layouts = shapes.map(shape => layoutOf(shape, axis, width))
  const total = layouts.reduce((n, layout) => n + layout.n, 0)
  const { outer, inner } = layouts[0]!
  const out = emptyLike(arrays[0]!, outer * total * inner)
  let at = 0
  for (let block = 0; block < outer; block++) {
    for (let p = 0; p < arrays.length; p++) {
      const size = layouts[p]!.n * inner
      out.set(arrays[p]!.subarray(block * size, (block + 1) * size), at)
      at += size
    }
  }
  return out
}

function joinVariables(parts: readonly Variable[], dim: string, name: string): Variable {
  const first = parts[0]!
  const axis = first.dims.indexOf(dim)
  const shape = first.shape.map((n, i) => (i === axis ? parts.reduce((sum, p) => sum + p.shape[i]!, 0) : n))
  for (const part of parts) assertCompatible(part.unit, first.unit, name)
  const withSigma = parts.filter(p => p.sigma !== undefined).length
  if (withSigma !== 0 && withSigma !== parts.length)
    throw new OperandoError(
      'E_ARGUMENT',
      `${name}: ${withSigma} of ${parts.length} parts have sigma: give it to all or take it from all, with withSigma.`,
    )
  const width = first.complex ? 2 : 1
  const shapes = parts.map(p => p.shape)
  const sigmas = withSigma
    ? unify(
        parts.map(p => ({ values: p.sigma!, unit: p.unit })),
        true,
      )
    : undefined
  return deriveVariable(first, {
    shape,
    values: first.edges ? joinEdges(parts, name) : join(unify(parts, false), shapes, axis, width),
    sigma: sigmas && !first.edges ? (join(sigmas, shapes, axis, width) as Float64Array) : undefined,
  })
}

/** Edges of adjoining bins: the last edge of one part is the first of the next. */
function joinEdges(parts: readonly Variable[], name: string): Float64Array {
  const joined: number[] = [...parts[0]!.values]
  for (const part of parts.slice(1)) {
    const next = valuesIn(part, parts[0]!.unit)
    const end = joined[joined.length - 1]!
    if (next.length > 0 && Math.abs(next[0]! - end) > 1e-6 * Math.abs((next[1] ?? next[0]!) - next[0]!))
      throw new OperandoError('E_AXIS', `${name}: bins that end at ${end} cannot be joined to bins that begin at ${next[0]}.`)
    for (let i = 1; i < next.length; i++) joined.push(next[i]!)
  }
  return Float64Array.from(joined)
}

function joinCoords(
  parts: readonly Dataset[],
  dim: string,
  isNew: boolean,
  options: ConcatOptions,
  doubts: Issue[],
): Record<string, Variable> {
  const coords: Record<string, Variable> = {}
  const names = [...new Set(parts.flatMap(p => Object.keys(p.coords)))]
  const drop = (name: string, why: string): void => {
    doubts.push({ code: 'W_COORD_DROPPED', message: `concat left out the coord '${name}': ${why}.`, place: `coord ${name}` })
  }
  for (const name of names) {
    const found = parts.flatMap(p => p.coords[name] ?? [])
    if (found.length < parts.length) {
      drop(name, `${parts.length - found.length} of ${parts.length} parts have none`)
      continue
    }
    const first = found[0]!
    if (first.dims.includes(dim) || (isNew && first.dims.length === 0)) {
      coords[name] = joinVariables(
        found.map(c => expand(c, dim)),
        dim,
        `coord '${name}'`,
      )
      continue
    }
    const isAxis = first.dims.length === 1 && first.dims[0] === name
    if (isAxis) for (const other of found) assertAligned(first, other, name, options)
    const differing = found.findIndex(other => whereTheyPart(first, other, name, options) !== undefined)
    if (isAxis || differing < 0) coords[name] = first
    else if (
      isNew &&
      !first.edges &&
      found.every(c => c.dims.join() === first.dims.join() && c.values.length === first.values.length)
    )
      coords[name] = joinVariables(
        found.map(c => expand(c, dim)),
        dim,
        `coord '${name}'`,
      )
    else drop(name, `${whereTheyPart(first, found[differing]!, name, options)} (part 0 and part ${differing})`)
  }
  return coords
}

function joinMeta(parts: readonly Dataset[]): Meta {
  const sources = parts.flatMap(p => p.meta.sources ?? [])
  const unique = sources.filter((s, i) => sources.findIndex(t => t.name === s.name && t.sha256 === s.sha256) === i)
  return unique.length > 0 ? { ...parts[0]!.meta, sources: unique } : parts[0]!.meta
}

/**
 * Joins Datasets along a dim: along one they have (a run in two files), or along a new one that becomes the slowest (frames to a series).
 * Units are converted to the first part's; axes of the other dims must agree within the tolerance; name, meta and history are the first part's,
 * sources those of all.
 *
 * @param parts   One or more.
 * @param dim     The dim to join along.
 * @param options The axis of a new dim; the tolerance of the others.
 * @throws OperandoError `E_SHAPE` for other dims or lengths, `E_AXIS` where axes part, `E_UNIT`, `E_ARGUMENT` if only some have sigma or there are none.
 * @example
 * ```ts
 * import { concat, createDataset } from 'operando'
 * const frame = (values: number[]) => createDataset({ name: 'I', dims: ['q'], values, unit: 'counts' })
 * concat([frame([1, 2]), frame([3, 4])], 'frame', { coord: { values: [0, 60], unit: 's' } }).shape // 2, 2
 * ```
 */
export function concat<Dim extends string, const K extends string>(
  parts: readonly Dataset<Dim>[],
  dim: K,
  options: ConcatOptions = {},
): Dataset<Dim | K> {
  assertKnown(options, 'concat options', OPTIONS)
  const first = Array.isArray(parts) ? (parts as readonly Dataset<Dim>[])[0] : undefined
  if (!first) throw new OperandoError('E_ARGUMENT', 'concat: at least one Dataset was expected, found none.')
  for (const part of parts) assertDataset(part, 'concat')
  const isNew = !(first.dims as readonly string[]).includes(dim)
  const expanded = parts.map(p => expand<Dataset>(p, dim))
  const axis = expanded[0]!.dims.indexOf(dim)
  for (const [i, part] of expanded.entries()) {
    const same = part.dims.join() === expanded[0]!.dims.join() && part.complex === first.complex
    if (same && part.shape.every((n, j) => j === axis || n === expanded[0]!.shape[j])) continue
    const tell = (d: Dataset): string =>
      d.dims.map((name, j) => `${name}: ${d.shape[j]}`).join(', ') + (d.complex ? ', complex' : '')
    throw new OperandoError('E_SHAPE', `concat: part 0 is [${tell(first)}] and part ${i} is [${tell(parts[i]!)}].`, {
      details: { part: i },
    })
  }
  const doubts: Issue[] = []
  const coords: Record<string, VariableInput> = joinCoords(parts, dim, isNew, options, doubts)
  if (options.coord) coords[dim] = { ...options.coord, dims: [dim] }
  const joined = joinVariables(expanded, dim, `'${first.name}'`)
  const hasMask = parts.some(p => p.mask !== undefined)
  const masks = expanded.map(p => p.mask ?? new Uint8Array(p.shape.reduce((a, b) => a * b, 1)))
  const mask = hasMask
    ? (join(
        masks,
        expanded.map(p => p.shape),
        axis,
        1,
      ) as Uint8Array)
    : undefined
  const warnings = parts.flatMap(p => p.warnings)
  return createDataset<Dim | K>({
    ...(joined as Variable<Dim | K>),
    name: first.name,
    coords,
    mask,
    meta: joinMeta(parts),
    history: [...first.history, makeStep('concat', { dim, parts: parts.length })],
    warnings: [
      ...warnings.filter((w, i) => warnings.findIndex(v => v.code === w.code && v.message === w.message) === i),
      ...doubts,
    ],
  })
}
