import { type Candidate, drawLines, linesOf, type SearchAxis, sharpened } from './candidateModel.js'

/** A candidate where it fits best. */
export interface Match {
  readonly strain: readonly number[]
  /** Its pattern there, per volume. */
  readonly pattern: Float64Array
  /** The same without its running mean, as data are compared. */
  readonly sharp: Float64Array
  /** Weighted cosine of pattern and data. */
  readonly cosine: number
  /** Fall of chi² with the best scale. */
  readonly gain: number
}

/** How well a candidate at one strain fits data, sharpened, with weights. */
export function matchAt(
  candidate: Candidate,
  strain: readonly number[],
  axis: SearchAxis,
  data: Float64Array,
  weight: Float64Array,
): Match {
  const pattern = drawLines(linesOf(candidate, strain, axis), axis, new Float64Array(axis.x.length))
  const sharp = sharpened(pattern, axis)
  let pp = 0
  let pd = 0
  let dd = 0
  for (let i = 0; i < data.length; i++) {
    const w = weight[i]!
    pp += w * sharp[i]! * sharp[i]!
    pd += w * sharp[i]! * data[i]!
    dd += w * data[i]! * data[i]!
  }
  const cosine = pp > 0 && dd > 0 ? pd / Math.sqrt(pp * dd) : 0
  return { strain, pattern, sharp, cosine, gain: pd > 0 && pp > 0 ? (pd * pd) / pp : 0 }
}

/**
 * The strain at which a candidate explains data best: all edges together first, in steps of half a width, then each by itself with steps that shrink.
 * @param from Begin here, near, rather than search all of the room.
 */
export function matchCandidate(
  candidate: Candidate,
  axis: SearchAxis,
  data: Float64Array,
  weight: Float64Array,
  room: number,
  from?: readonly number[],
): Match {
  const { x, fwhm } = axis
  // a strain e moves a line by 2 e tan(theta); the outer lines decide
  const theta = ((0.3 * x[0]! + 0.7 * x[x.length - 1]!) / 2) * (Math.PI / 180)
  const half = (fwhm * (Math.PI / 180)) / (4 * Math.tan(theta))
  const at = (strain: readonly number[]): Match => matchAt(candidate, strain, axis, data, weight)
  let best = at(from ?? [0, 0, 0])
  if (!from)
    for (let e = half; e <= room; e += half)
      for (const trial of [at([e, e, e]), at([-e, -e, -e])]) if (trial.gain > best.gain) best = trial
  const groups = candidate.edges.length > 1 ? candidate.edges : [[0, 1, 2]]
  // one edge may have to go far while others stay, and seen from afar the way there is not downhill
  if (!from && groups.length > 1)
    for (const group of groups)
      for (let e = -room; e <= room; e += half) {
        const trial = at(best.strain.map((v, i) => (group.includes(i) ? e : v)))
        if (trial.gain > best.gain) best = trial
      }
  for (let step = half; step > half / 20; step /= 2)
    for (const group of groups)
      for (const sign of [-1, 1])
        for (let trials = 0; trials < 8; trials++) {
          const strain = best.strain.map((v, i) => (group.includes(i) ? v + sign * step : v))
          if (strain.some(v => Math.abs(v) > room)) break
          const trial = at(strain)
          if (!(trial.gain > best.gain)) break
          best = trial
        }
  return best
}
