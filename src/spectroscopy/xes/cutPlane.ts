import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Dataset } from '../../model/dataset.js'
import { derive } from '../../model/derive.js'
import { assertPlane, intervalIn, type RixsAxis } from './rixsPlane.js'

/** Which line of a plane. */
export interface PlaneCut {
  /** The axis that is held. */
  along: RixsAxis
  /** Its energy, eV. */
  at: number
  /** Width over which the mean is taken, eV. Default 0: straight between the two neighbouring lines. */
  width?: number | undefined
}

const CUT: FieldsOf<PlaneCut> = { along: true, at: true, width: true }

/**
 * A line through a plane: at constant emission the high-resolution absorption spectrum (HERFD), at constant incident energy the emission spectrum, at constant transfer the profile of a loss.
 *
 * With a width the mean of the lines within it, masked points left out; a point without any is NaN and masked. sigma is that of the mean.
 *
 * @param plane Two of the dims `incident`, `emission`, `transfer`.
 * @param cut   Axis, energy, width.
 * @throws OperandoError `E_RANGE` for an energy outside the plane or a width without lines; `E_SHAPE`, `E_AXIS`.
 * @see K. Hamalainen et al., Phys. Rev. Lett. 67 (1991) 2850 (HERFD)
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { cutPlane } from 'operando/spectroscopy'
 * const plane = createDataset({
 *   name: 'I', dims: ['emission', 'incident'], shape: [2, 3], values: [0, 4, 8, 2, 6, 10], unit: 'counts',
 *   coords: { emission: { dims: ['emission'], values: [6490, 6492], unit: 'eV' }, incident: { dims: ['incident'], values: [6539, 6540, 6541], unit: 'eV' } },
 * })
 * cutPlane(plane, { along: 'emission', at: 6491 }).values // 1, 5, 9: HERFD at 6491 eV
 * ```
 */
export function cutPlane(plane: Dataset, cut: PlaneCut): Dataset {
  assertPlane(plane, 'cutPlane')
  assertFields(cut, 'cutPlane', ['along', 'at'])
  assertKnown(cut, 'cutPlane', CUT)
  const { along, at, width = 0 } = cut
  const held = plane.dims.indexOf(along)
  if (held < 0)
    throw new OperandoError(
      'E_MISSING',
      `cutPlane: the plane has the axes ${plane.dims.join(' and ')}, not '${along}'. rixsToTransfer makes one with transfer.`,
    )
  const axis = plane.coords[along]!.values
  const lines = width > 0 ? linesWithin(axis, at - width / 2, at + width / 2) : linesAround(axis, at)
  if (lines.length === 0)
    throw new OperandoError(
      'E_RANGE',
      `cutPlane: ${along} reaches from ${axis[0]} to ${axis[axis.length - 1]} eV; no line lies at ${at}${width > 0 ? ` ± ${width / 2}` : ''} eV.`,
    )
  return combineLines(plane, held, lines, width > 0 ? 'mean' : 'straight', { op: 'cutPlane', parameters: { along, at, width } })
}

/** One line of a plane and its weight. */
export interface WeightedLine {
  /** Its number along the axis that is held. */
  readonly index: number
  /** Its weight. */
  readonly weight: number
}

function linesAround(axis: ArrayLike<number>, at: number): WeightedLine[] {
  const found = intervalIn(axis, at)
  if (!found) return []
  const { index, share } = found
  return [
    { index, weight: 1 - share },
    { index: index + 1, weight: share },
  ].filter(line => line.weight > 0)
}

function linesWithin(axis: ArrayLike<number>, low: number, high: number): WeightedLine[] {
  return Array.from({ length: axis.length }, (_, index) => ({ index, weight: 1 })).filter(
    ({ index }) => axis[index]! >= low && axis[index]! <= high,
  )
}

/**
 * A weighted sum (or mean) of lines of a plane as a Dataset on the other axis.
 * @param plane The plane.
 * @param held  Number of the axis that is held.
 * @param lines Lines and weights.
 * @param kind  `mean` divides by the weights of the points that are good; the others want all points good.
 * @param step  For the history.
 */
export function combineLines(
  plane: Dataset,
  held: number,
  lines: readonly WeightedLine[],
  kind: 'mean' | 'straight' | 'sum',
  step: { readonly op: string; readonly parameters: Readonly<Record<string, string | number>> },
): Dataset {
  const other = plane.dims[1 - held]!
  const n = plane.shape[1 - held]!
  const values = new Float64Array(n)
  const sigma = plane.sigma && new Float64Array(n)
  const mask = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    let sum = 0
    let weights = 0
    let variance = 0
    let bad = 0
    for (const { index, weight } of lines) {
      const k = held === 0 ? index * n + i : i * plane.shape[1]! + index
      if (plane.mask?.[k] || Number.isNaN(plane.values[k]!)) bad++
      else {
        sum += weight * plane.values[k]!
        weights += weight
        if (sigma) variance += (weight * plane.sigma![k]!) ** 2
      }
    }
    const good = kind === 'mean' ? weights > 0 : bad === 0
    const scale = kind === 'mean' ? 1 / weights : 1
    values[i] = good ? sum * scale : Number.NaN
    mask[i] = good ? 0 : 1
    if (sigma) sigma[i] = good ? Math.sqrt(variance) * scale : Number.NaN
  }
  const coords = Object.fromEntries(Object.entries(plane.coords).filter(([, coord]) => coord.dims.every(dim => dim === other)))
  return derive(plane, { dims: [other], shape: [n], values, sigma, mask: mask.some(Boolean) ? mask : undefined, coords, step })
}
