import type { Json, Step } from '../model/dataset.js'

/**
 * An entry of the history.
 * @param op         The function.
 * @param parameters Its options.
 */
export function historyStep(op: string, parameters: Readonly<Record<string, Json | undefined>>): Step {
  return { op, version: '0.1.0', parameters }
}
