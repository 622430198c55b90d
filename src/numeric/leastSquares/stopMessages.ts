import type { StopReason } from '../fitResult.js'

const SENTENCES: Readonly<Record<StopReason, string>> = {
  cost: 'Converged: a step reduces the cost by less than the tolerance.',
  step: 'Converged: the parameters change by less than the tolerance.',
  gradient: 'Converged: the gradient vanishes within the tolerance.',
  iterations: 'Not converged: the limit of evaluations was reached. Start closer, or raise maxEvaluations.',
  stalled: 'Not converged: no step reduces the cost. The Jacobian may be wrong (checkJacobian), or the model not smooth.',
  'not-finite':
    'Not converged: the model or its derivatives are NaN or infinite, or not all residuals were filled in. Bound the parameters, or start elsewhere.',
  aborted: 'Not converged: aborted by the caller.',
}

/**
 * The sentence of a result.
 * @param reason       Why the fit stopped.
 * @param undetermined A parameter that the data do not determine, if any.
 * @param noScatter    Whether errors are missing since no point is left over to tell the scatter.
 */
export function explain(reason: StopReason, undetermined: string | undefined, noScatter: boolean): string {
  let message = SENTENCES[reason]
  if (undetermined !== undefined) {
    message += ` No standard errors: the data do not determine "${undetermined}" beside the others; fix or tie it.`
  } else if (noScatter) message += ' No standard errors: as many parameters as points.'
  return message
}
