import type { Dataset } from '../../../model/dataset.js'
import { type CourseModels, courseModels, type Penalty } from './courseModels.js'
import type { ModelScore, Verdict } from './mechanismTypes.js'

/** What is known of a phase along the frames. */
export interface PhaseTrends {
  /** Its name. */
  readonly name: string
  /** Its free lengths a, b, c, as far as they are known. */
  readonly lengths: readonly Dataset<'frame'>[]
}

/** What an interval of a couple, or of one of its phases, says. */
export interface IntervalFinding {
  /** What it is. */
  readonly verdict: Verdict
  /** The models, best first. */
  readonly models: readonly ModelScore[]
  /** The one that is taken. */
  readonly model: ModelScore['model'] | null
  /** Relative change of lattice by conversion, added over the axes. */
  readonly byTwoPhases: number
  /** Relative change of lattice by cells that move. */
  readonly bySolidSolution: number
}

/** Holds the models against each other within an interval. */
export interface IntervalInput {
  /** Frames of the interval. */
  readonly frames: readonly number[]
  /** Coordinate of each frame of the series. */
  readonly coordinate: ArrayLike<number>
  /** Phases that are seen. */
  readonly phases: readonly PhaseTrends[]
  /** Fraction of the second phase. */
  readonly fraction: Dataset<'frame'> | undefined
  /** How parameters count. */
  readonly penalty: Penalty
  /** Part below which a process does not matter. */
  readonly material: number
}

/** A model must be better by so much to be taken instead of a simpler one. */
const STRONG = 6

/** Shape of an observable in a model. */
type Shape = 'constant' | 'moving'

/**
 * Which model describes an interval, and how much of the change of lattice each process makes. The mean of ln a over the sample is the sum of fraction times ln a: it changes as fractions
 * change, by the distance of the two cells, and as cells move, by their fractions.
 * @param input The interval.
 * @see R. E. Kass, A. E. Raftery, J. Am. Stat. Assoc. 90 (1995) 773
 */
export function coupleInterval({ frames, coordinate, phases, fraction, penalty, material }: IntervalInput): IntervalFinding {
  const nothing = { verdict: 'undecided' as const, models: [], model: null, byTwoPhases: 0, bySolidSolution: 0 }
  const domain = frames.map(i => coordinate[i]!).filter(x => !Number.isNaN(x))
  const range: readonly [number, number] = [Math.min(...domain), Math.max(...domain)]
  const courseOf = (trend: Dataset<'frame'>): CourseModels | null => {
    const own = frames.filter(
      i => (trend.sigma?.[i] ?? 0) > 0 && Number.isFinite(trend.values[i]) && !Number.isNaN(coordinate[i]),
    )
    const pick = (values: ArrayLike<number>): Float64Array => Float64Array.from(own, i => values[i]!)
    return own.length < 3 ? null : courseModels(pick(coordinate), pick(trend.values), pick(trend.sigma!), penalty, range)
  }
  const cells = phases.map(({ lengths }) => lengths.map(courseOf))
  const isCouple = phases.length === 2 && fraction !== undefined
  const share = isCouple ? courseOf(fraction) : null
  const known = cells.flat().filter(c => c !== null)
  if (known.length === 0 || (isCouple && (share === null || cells.some(own => own.every(c => c === null))))) return nothing

  const [rest, moving] = [shape(known, 'constant', penalty), shape(known, 'moving', penalty)]
  const alone = (own: ReturnType<typeof shape>, model: ModelScore['model']): Omit<ModelScore, 'weight'> => ({ model, ...own })
  const both = (own: ReturnType<typeof shape>, of: Shape, model: ModelScore['model']): Omit<ModelScore, 'weight'> => {
    const other = shape([share!], of, penalty)
    return {
      model,
      parameters: own.parameters + other.parameters,
      chiSquare: own.chiSquare + other.chiSquare,
      criterion: own.criterion + other.criterion,
    }
  }
  const models = weighted(
    share === null
      ? [alone(rest, 'no change'), alone(moving, 'solid solution')]
      : [
          both(rest, 'constant', 'no change'),
          both(moving, 'constant', 'solid solution'),
          both(rest, 'moving', 'two-phase'),
          both(moving, 'moving', 'both'),
        ],
  )
  const model = simplest(models).model
  const converts = model === 'two-phase' || model === 'both'
  const moves = model === 'solid solution' || model === 'both'
  const changes = changesOf(cells, share)
  const byTwoPhases = converts ? changes.byTwoPhases : 0
  const bySolidSolution = moves ? changes.bySolidSolution : 0
  const total = byTwoPhases + bySolidSolution
  const verdict = total === 0 ? 'no change' : verdictOf(byTwoPhases / total, material)
  return { verdict, models, model, byTwoPhases, bySolidSolution }
}

/** What a share of conversion amounts to. */
export function verdictOf(twoPhaseShare: number, material: number): Verdict {
  if (twoPhaseShare >= 1 - material) return 'two-phase'
  return twoPhaseShare <= material ? 'solid solution' : 'both'
}

/** The observables as constants, or each as it is best, one of them moving at least. */
function shape(courses: readonly CourseModels[], of: Shape, penalty: Penalty): Omit<ModelScore, 'model' | 'weight'> {
  const scores = courses.map(({ constant, moving, parameters, points }) => {
    const still = { parameters: 1, chiSquare: constant, criterion: constant + penalty(1, points) }
    const moved = { parameters, chiSquare: moving, criterion: moving + penalty(parameters, points) }
    return { still, moved, gain: still.criterion - moved.criterion }
  })
  const most = Math.max(...scores.map(({ gain }) => gain))
  const chosen = scores.map(({ still, moved, gain }) => (of === 'moving' && (gain > 0 || gain === most) ? moved : still))
  const sum = (what: 'parameters' | 'chiSquare' | 'criterion'): number => chosen.reduce((total, own) => total + own[what], 0)
  return { parameters: sum('parameters'), chiSquare: sum('chiSquare'), criterion: sum('criterion') }
}

/** The simplest of the models that are not clearly worse than the best. */
function simplest(models: readonly ModelScore[]): ModelScore {
  const near = models.filter(({ criterion }) => criterion - models[0]!.criterion <= STRONG)
  return near.reduce((least, own) => (own.parameters < least.parameters ? own : least))
}

function weighted(models: readonly Omit<ModelScore, 'weight'>[]): ModelScore[] {
  const least = Math.min(...models.map(({ criterion }) => criterion))
  const odds = models.map(({ criterion }) => Math.exp((least - criterion) / 2))
  const total = odds.reduce((sum, w) => sum + w, 0)
  return models.map((model, i) => ({ ...model, weight: odds[i]! / total })).sort((a, b) => a.criterion - b.criterion)
}

/** Relative changes of lattice along the interval, axis by axis: by fractions that change, and by cells that move. */
function changesOf(
  cells: readonly (readonly (CourseModels | null)[])[],
  share: CourseModels | null,
): { byTwoPhases: number; bySolidSolution: number } {
  let [byTwoPhases, bySolidSolution] = [0, 0]
  const fractionOf = (phase: number, s: number): number => {
    if (share === null) return 1
    const second = Math.min(1, Math.max(0, share.course[s]!))
    return phase === 0 ? 1 - second : second
  }
  const samples = cells.flat().find(c => c !== null)!.course.length
  const axes = Math.max(...cells.map(own => own.length))
  for (let axis = 0; axis < axes; axis++) {
    const [one, other] = [cells[0]?.[axis], cells[1]?.[axis]]
    for (let s = 1; s < samples; s++) {
      if (share !== null && one && other) {
        const apart = Math.abs(Math.log(other.course[s]! / one.course[s]!))
        byTwoPhases += apart * Math.abs(fractionOf(1, s) - fractionOf(1, s - 1))
      }
      ;[one, other].forEach((course, phase) => {
        if (!course) return
        const middle = (fractionOf(phase, s) + fractionOf(phase, s - 1)) / 2
        bySolidSolution += middle * Math.abs(Math.log(course.course[s]! / course.course[s - 1]!))
      })
    }
  }
  return { byTwoPhases, bySolidSolution }
}
