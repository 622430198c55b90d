import type { Issue } from '../../../core/issue.js'
import type { PatternPhase } from './patternLayout.js'
import type { PatternModel } from './patternModel.js'
import type { RefinementProblem } from './refinementProblem.js'
import type { RefinedPattern } from './refinementTypes.js'

/**
 * What is doubtful at the end of a refinement.
 * @param problem  The problem.
 * @param patterns The patterns refined.
 * @param p        All parameters.
 * @param narrow   Finds the lines whose Gaussian is lost.
 */
export function warningsOf(
  problem: RefinementProblem,
  patterns: readonly RefinedPattern[],
  p: Float64Array,
  narrow: (phase: PatternPhase, model: PatternModel, p: Float64Array) => readonly number[],
): Issue[] {
  const warnings: Issue[] = []
  const several = patterns.length > 1
  patterns.forEach(({ lines, name }, index) => {
    const where = several ? `pattern ${name}: ` : ''
    const overlapping = lines.filter(({ overlaps }) => overlaps.length > 0)
    if (overlapping.length > 0)
      warnings.push({
        code: 'W_OVERLAP',
        message: `${where}${overlapping.length} of ${lines.length} lines overlap so closely that only sums of their intensities are known: see \`overlaps\`.`,
      })
    const { model } = problem.patterns[index]!
    for (const phase of model.layout.phases) {
      const lost = narrow(phase, model, p)
      if (lost.length === 0) continue
      const angle = model.places.centre[(phase.firstLine + lost[0]!) * model.places.sources.length]!
      warnings.push({
        code: 'W_WIDTH',
        message: `${where}phase ${phase.phase.name}: u tan² + v tan + w + p / cos² is not above 0 at 2theta = ${angle.toFixed(3)} degrees; the Gaussian of such lines was taken to be a quarter of the least width that can be seen. Hold v, or u.`,
      })
    }
  })
  return warnings
}
