/** A stage of lithium in graphite: every n-th gallery between carbon layers is filled. */
export interface GraphiteStage {
  /** `graphite` (dilute up to some x = 0.05 as stage 1L), the liquid-like `4L`, `3L`, `2L`, and `2`, `1` with lithium in the order of LiC6. */
  readonly name: 'graphite' | '4L' | '3L' | '2L' | '2' | '1'
  /** Carbon layers from one filled gallery to the next; 0 where none is filled. */
  readonly layers: number
  /** Lithium in a filled gallery, that of LiC6 being 1. */
  readonly filling: number
  /** x in LixC6. */
  readonly x: number
}

/**
 * The stages of graphite at room temperature: LiC36, LiC27, LiC18 with two thirds of the lithium of LiC6 in a filled gallery, LiC12, LiC6.
 * @see J. R. Dahn, Phys. Rev. B 44 (1991) 9170; H. Fujimoto et al., J. Electrochem. Soc. 168 (2021) 040509
 */
export const GRAPHITE_STAGES: readonly GraphiteStage[] = [
  { name: 'graphite', layers: 0, filling: 0, x: 0 },
  { name: '4L', layers: 4, filling: 2 / 3, x: 1 / 6 },
  { name: '3L', layers: 3, filling: 2 / 3, x: 2 / 9 },
  { name: '2L', layers: 2, filling: 2 / 3, x: 1 / 3 },
  { name: '2', layers: 2, filling: 1, x: 1 / 2 },
  { name: '1', layers: 1, filling: 1, x: 1 },
]

/** Most x that graphite holds as a dilute solution, before stage 4 forms. */
export const DILUTE_LIMIT = 0.05

/** Spacing of the carbon layers, Å, averaged over filled and empty galleries. */
export function meanSpacing({ layers }: GraphiteStage, filled: number, empty: number): number {
  return layers === 0 ? empty : (filled + (layers - 1) * empty) / layers
}

/**
 * x of a peak between those of stages, by straight lines through their spacings; 2 and 2L have one spacing: that of 2L is taken.
 * @param spacing Mean spacing of the carbon layers, Å.
 */
export function interpolatedX(spacing: number, filled: number, empty: number): number {
  const dilute = empty + DILUTE_LIMIT * (filled - empty)
  const points: [number, number][] = [
    [empty, 0],
    [dilute, DILUTE_LIMIT],
    ...GRAPHITE_STAGES.filter(({ name }) => name !== 'graphite' && name !== '2').map((stage): [number, number] => [
      meanSpacing(stage, filled, empty),
      stage.x,
    ]),
  ]
  for (let i = 1; i < points.length; i++) {
    const [d0, x0] = points[i - 1]!
    const [d1, x1] = points[i]!
    if (spacing <= d1 || i === points.length - 1) return Math.min(1, Math.max(0, x0 + ((x1 - x0) * (spacing - d0)) / (d1 - d0)))
  }
  return 1
}
