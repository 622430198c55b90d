import { OperandoError } from '../../../core/errors.js'
import type { FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { unit } from '../../../core/unit.js'
import { assertDataset } from '../../../model/assertDataset.js'
import { createVariable } from '../../../model/createVariable.js'
import type { Dataset, Variable } from '../../../model/dataset.js'
import { derive } from '../../../model/derive.js'
import { translateOptions } from '../../foreignNames.js'
import { seriesOf } from '../../seriesOf.js'
import { type EdgeDefinition, findE0 } from '../edge/findE0.js'
import { createPreEdge, PRE_EDGE_FIELDS, PRE_EDGE_FOREIGN, type PreEdgePlanOptions } from './createPreEdge.js'

/** Options of {@link normalize}. */
export interface NormalizeOptions extends Omit<PreEdgePlanOptions, 'e0'> {
  /** One E0 for all spectra, eV, or the definition by which that of their mean is found. Default `'derivative'`. */
  e0?: number | EdgeDefinition | undefined
  /** Whether the curvature above E0 is taken off as well. Default false. */
  flatten?: boolean | undefined
}

const FIELDS: FieldsOf<NormalizeOptions> = { ...PRE_EDGE_FIELDS, flatten: true }

/**
 * Normalises a spectrum, or a series of spectra on one grid, with one E0 and the same ranges for all: as {@link preEdge} does each. The edge steps become the coordinate `edgeStep` of a series.
 *
 * Sigma is divided by the step of its spectrum; the error of the step itself, which all points of a spectrum share, is not in it.
 *
 * @param data    Absorption, its last dim `energy`.
 * @param options E0, ranges, flattening.
 * @returns The same dims, dimensionless.
 * @throws OperandoError `E_RANGE` for ranges outside the data or a step that is not positive, naming the spectrum; `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { normalize } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 400 }, (_, i) => 8200 + i)
 * const edge = (at: number) => energy.map(e => 0.2 + 0.8 / (1 + Math.exp((at - e) / 2)))
 * const series = createDataset({
 *   name: 'mu', dims: ['frame', 'energy'], shape: [2, 400], values: [...edge(8344), ...edge(8346)], unit: '',
 *   coords: { energy: { dims: ['energy'], values: energy, unit: 'eV' } },
 * })
 * normalize(series, { pre1: -120, pre2: -40, norm1: 60, norm2: 250, nnorm: 0 }).coords.edgeStep!.values // 0.8, 0.8
 * ```
 */
export function normalize<Dim extends string>(data: Dataset<Dim>, options: NormalizeOptions = {}): Dataset<Dim> {
  assertDataset(data)
  const { options: own, hints } = translateOptions(options, 'normalize options', FIELDS, PRE_EDGE_FOREIGN)
  const { e0: wanted = 'derivative', flatten = false, ...rest } = own
  const { energy, count, row } = seriesOf('normalize', data)
  const n = energy.length
  const warnings: Issue[] = [...hints]
  let e0 = wanted as number
  if (typeof wanted === 'string') {
    const mean = new Float64Array(n)
    for (let s = 0; s < count; s++) {
      const mu = row(s)
      for (let i = 0; i < n; i++) mean[i]! += mu[i]! / count
    }
    const found = findE0(energy, mean, { definition: wanted })
    e0 = found.energy
    warnings.push(...found.warnings)
  }
  const plan = createPreEdge(energy, { ...rest, e0 })
  const values = new Float64Array(count * n)
  const steps = new Float64Array(count)
  const sigma = data.sigma && Float64Array.from(data.sigma)
  const flat = new Float64Array(n)
  for (let s = 0; s < count; s++) {
    const out = values.subarray(s * n, (s + 1) * n)
    const step = plan.normalize(row(s), out, flatten ? { flat } : {})
    if (!(step > 0))
      throw new OperandoError(
        'E_RANGE',
        `normalize: the step of spectrum ${s} at ${plan.e0.toFixed(2)} eV is ${step.toPrecision(4)}: mu falls at the edge. Are its counters swapped?`,
        { details: { spectrum: s } },
      )
    if (flatten) out.set(flat)
    steps[s] = step
    if (sigma) for (let i = s * n; i < (s + 1) * n; i++) sigma[i]! /= step
  }
  const lead = data.dims.length === 2 ? data.dims[0]! : undefined
  const coords: Record<string, Variable> = { ...data.coords }
  if (lead !== undefined) coords.edgeStep = createVariable({ dims: [lead], values: steps, unit: data.unit, label: 'Edge step' })
  return derive<Dim>(data, {
    name: 'norm',
    label: flatten ? 'Flattened absorption' : 'Normalised absorption',
    values,
    sigma,
    unit: unit(''),
    coords,
    step: {
      op: 'normalize',
      parameters: { e0: plan.e0, ...plan.ranges, flatten, ...(lead === undefined ? { edgeStep: steps[0]! } : {}) },
    },
    doubts: [...warnings, ...plan.warnings],
  })
}
