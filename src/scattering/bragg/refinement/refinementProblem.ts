import { latticeSystem } from '../../../model/crystal/latticeSystem.js'
import type { CombinedProblem, ParameterInput } from '../../../numeric/leastSquares/types.js'
import { cellWith, SYSTEM_NUMBERS } from '../lineProblem.js'
import { createFreeIntensities } from './freeIntensities.js'
import { createLineBand, type LineBand } from './lineBand.js'
import type { RefinementLayout } from './patternLayout.js'
import { createPatternModel, type PatternModel } from './patternModel.js'

/** One pattern of the problem. */
export interface ProblemPattern {
  /** Its model. */
  readonly model: PatternModel
  /** The pattern, n values; 0 where it does not count. */
  readonly y: Float64Array
  /** Square roots of the weights. */
  readonly weight: Float64Array
  /** Intensities of its lines. */
  readonly areas: Float64Array
  /** Normal equations of the free ones. */
  readonly band: LineBand
  /** Background, as last computed. */
  readonly background: Float64Array
  /** How the free intensities, by position in the band, change with each parameter: as last derived, lines of the pattern a parameter. */
  readonly response: Float64Array
}

/** Patterns against a model whose free intensities are always the best ones. */
export interface RefinementProblem extends CombinedProblem {
  /** The patterns. */
  readonly patterns: readonly ProblemPattern[]
  /** Settles which lines are seen and how far they reach, at these parameters. */
  settle(p: Float64Array): void
  /** Makes all free intensities alike: the start of an extraction. */
  level(): void
  /** From now on derivatives and covariance are exact to the last overlap (true), or fast (false). */
  exact(isExact: boolean): void
}

/** Fwhm on either side that overlaps of free intensities are counted: while stepping, and for standard errors. */
const NEAR = { stepping: 12, exact: 16 }
/** Held by this part of the diagonal, intensities that no data tell apart stay as they are. */
const RIDGE = { stepping: 12e-3, exact: 1e-9 }
/** A line of this part of the strongest is not there, and does not follow. */
const ABSENT = 1e-7

/**
 * The least-squares problem of a refinement.
 * @param layout The parameters.
 * @param reach  Fwhm on either side that a line is computed.
 * @see G. H. Golub, V. Pereyra, SIAM J. Numer. Anal. 10 (1973) 413; L. Kaufman, BIT 15 (1975) 49: linear parameters eliminated
 */
export function createRefinementProblem(layout: RefinementLayout, reach: number): RefinementProblem {
  const { inputs, points } = layout
  const wanted = Uint8Array.from(inputs, ({ vary, tie }: ParameterInput) => (vary !== false || tie !== undefined ? 1 : 0))
  let isExact = false
  const settledAt = new Float64Array(inputs.length)
  /** Where derivatives were taken last, since the patterns were loaded. */
  const derivedAt = new Float64Array(inputs.length)
  let isDerived = false

  const parts = layout.patterns.map(own => {
    const n = own.x.length
    const model = createPatternModel(own, reach)
    const free = new Uint8Array(own.lines)
    const positive = new Uint8Array(own.lines)
    for (const { kind, firstLine, count } of own.phases) {
      if (kind === 'structure') continue
      free.fill(1, firstLine, firstLine + count)
      if (kind === 'leBail') positive.fill(1, firstLine, firstLine + count)
    }
    return {
      model,
      y: new Float64Array(n),
      weight: new Float64Array(n),
      areas: new Float64Array(own.lines),
      band: createLineBand(own.lines),
      background: new Float64Array(n),
      response: new Float64Array(own.lines * inputs.length),
      free,
      positive,
      net: new Float64Array(n),
      rest: new Float64Array(n),
      known: new Float64Array(n),
      active: new Uint8Array(own.lines),
      /** Intensities where derivatives were taken last. */
      base: new Float64Array(own.lines),
      extraction: createFreeIntensities(n, own.lines),
    }
  })
  type Part = (typeof parts)[number]

  /** What the intensities of phases with structure depend on and changes slowly is taken at these parameters. */
  const settleIntensities = ({ model }: Part, p: Float64Array): void => {
    for (const own of model.layout.phases)
      own.intensities?.settle(
        own.phase,
        cellWith(own.phase.given.cell, p.subarray(own.phase.cellAt), SYSTEM_NUMBERS[latticeSystem(own.phase.given.cell)]),
        model.places,
      )
  }
  const settleBand = ({ model, band, free }: Part): void => {
    band.settle(model.layout.x, free, model.places, model.profiles, isExact ? NEAR.exact : NEAR.stepping)
  }
  /** Takes off the columns what the intensities would make good: derivatives are then those with the intensities following. */
  const projectColumns = ({ model, band, areas, positive, active, response }: Part, jacobian: Float64Array): void => {
    let strongest = 0
    for (let i = 0; i < band.count; i++) strongest = Math.max(strongest, areas[band.order[i]!]!)
    for (let i = 0; i < band.count; i++) {
      const line = band.order[i]!
      active[i] = positive[line] === 0 || areas[line]! > ABSENT * strongest ? 1 : 0
    }
    band.factor(active, isExact ? RIDGE.exact : RIDGE.stepping)
    const { row, lines } = model.layout
    for (let j = 0; j < inputs.length; j++) if (wanted[j] === 1) band.project(jacobian, j * points + row, response, j * lines)
  }

  /** Moves the intensities as they are to follow the parameters: the extraction then has little left to do. */
  const follow = ({ model, band, areas, base, positive, response }: Part, p: Float64Array): void => {
    const { lines } = model.layout
    for (let i = 0; i < band.count; i++) areas[band.order[i]!] = base[band.order[i]!]!
    for (let j = 0; j < inputs.length; j++) {
      const change = p[j]! - derivedAt[j]!
      if (wanted[j] === 0 || change === 0) continue
      for (let i = 0; i < band.count; i++) areas[band.order[i]!]! -= change * response[j * lines + i]!
    }
    for (let i = 0; i < band.count; i++) {
      const line = band.order[i]!
      if (positive[line] === 1 && areas[line]! < 0) areas[line] = 0
    }
  }
  const computeSpacings = (p: Float64Array): void => {
    for (const { cell, cellAt, spacings } of layout.phases) cell.spacings(p, cellAt, spacings)
  }

  return {
    points,
    patterns: parts,
    settle(p) {
      settledAt.set(p)
      isDerived = false
      computeSpacings(p)
      for (const part of parts) {
        part.model.settle(p, part.weight)
        settleIntensities(part, p)
        settleBand(part)
      }
    },
    level() {
      isDerived = false
      for (const { areas } of parts) areas.fill(1)
    },
    exact(value) {
      isExact = value
      isDerived = false
      computeSpacings(settledAt)
      for (const part of parts) {
        part.model.settle(settledAt, part.weight)
        settleBand(part)
      }
    },
    evaluate(p, residual, jacobian) {
      computeSpacings(p)
      if (jacobian) for (let j = 0; j < inputs.length; j++) if (wanted[j] === 1) jacobian.fill(0, j * points, (j + 1) * points)
      for (const part of parts) {
        const { model, y, weight, areas, band, background, net, rest, known, positive } = part
        const { row, x } = model.layout
        const n = x.length
        model.draw(p)
        model.addBackground(p, background.fill(0))
        for (let i = 0; i < n; i++) net[i] = y[i]! - background[i]!
        for (const own of model.layout.phases)
          own.intensities?.compute(p, model.places, own.firstLine, areas, jacobian ? wanted : null)
        if (band.count > 0) {
          rest.set(net)
          model.layout.phases.forEach((own, index) => {
            if (own.intensities) model.sum(areas, known.fill(0), index)
            if (own.intensities) for (let i = 0; i < n; i++) rest[i]! -= known[i]!
          })
          if (isDerived) follow(part, p)
          band.load(model.profiles, weight)
          part.extraction.extract(model.profiles, band, rest, weight, areas, positive)
        }
        const own = residual.subarray(row, row + n).fill(0)
        model.sum(areas, own)
        for (let i = 0; i < n; i++) own[i] = (own[i]! - net[i]!) * weight[i]!
        if (jacobian === null) continue
        model.addSlopes(areas, jacobian, points, wanted)
        model.addAreaSlopes(jacobian, points, wanted)
        const { curves, count, at } = model.layout.background
        for (let k = 0; k < count; k++)
          if (wanted[at + k] === 1) for (let i = 0; i < n; i++) jacobian[(at + k) * points + row + i]! += curves[k * n + i]!
        for (let j = 0; j < inputs.length; j++) {
          if (wanted[j] === 0) continue
          const column = j * points + row
          for (let i = 0; i < n; i++) jacobian[column + i]! *= weight[i]!
        }
        if (band.count === 0) continue
        projectColumns(part, jacobian)
        part.base.set(areas)
      }
      if (jacobian === null) return
      derivedAt.set(p)
      isDerived = true
    },
  }
}
