import { fileError } from '../../context.js'
import type { AthenaGroup } from './athenaGroup.js'

const isObject = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x)

/**
 * The groups of a project in the JSON dialect, in the order that `_____order` gives.
 * @param text The file.
 * @param name Its name, for messages.
 * @throws OperandoError `E_TRUNCATED` when the text is no whole JSON.
 */
export function jsonGroups(text: string, name: string): AthenaGroup[] {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw fileError(
      'E_TRUNCATED',
      name,
      `an Athena project in JSON was expected; it does not parse: ${(error as Error).message}. Is the file cut?`,
      'line 1',
    )
  }
  const project = isObject(content) ? content : {}
  const order = Array.isArray(project._____order) ? project._____order.map(String) : []
  const keys = Object.keys(project).filter(key => !key.startsWith('_____') && isObject(project[key]))
  return [...order.filter(key => keys.includes(key)), ...keys.filter(key => !order.includes(key))].map(key => {
    const group = project[key] as Record<string, unknown>
    const arrays = Object.fromEntries(
      Object.entries(group).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1])),
    )
    return { key, args: isObject(group.args) ? group.args : {}, arrays, place: `group ${key}`, whole: true }
  })
}
