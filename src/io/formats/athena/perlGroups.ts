import type { AthenaGroup } from './athenaGroup.js'
import { PerlReader, type PerlValue } from './perlValues.js'

/**
 * The groups of a project in the Perl dialect: assignments `$old_group`, `@args`, `@x`, `@y` ... up to `[record]`. They are read, never run.
 * @param text The file.
 */
export function perlGroups(text: string): AthenaGroup[] {
  const groups: AthenaGroup[] = []
  const reader = new PerlReader(text)
  const begin = /^[ \t]*(?:([$@%])(\w+)\s*=|(\[record\]))/gm
  let group: { key: string; args: Record<string, unknown>; arrays: Record<string, readonly unknown[]>; place: string } | undefined
  let line = 1
  let counted = 0
  const close = (whole: boolean): void => {
    if (group) groups.push({ ...group, whole })
    group = undefined
  }
  for (let match = begin.exec(text); match; match = begin.exec(text)) {
    if (match[3]) {
      close(true)
      continue
    }
    reader.at = begin.lastIndex
    const value = reader.value()
    const name = match[2]!
    if (name === 'old_group') {
      close(false)
      for (; counted < match.index; counted++) if (text.charCodeAt(counted) === 10) line++
      group = { key: String(value ?? ''), args: {}, arrays: {}, place: `line ${line}` }
    }
    if (value === undefined) break
    begin.lastIndex = reader.at
    if (!group || !Array.isArray(value)) continue
    const list = value as readonly PerlValue[]
    if (name === 'args') for (let i = 0; i + 1 < list.length; i += 2) group.args[String(list[i])] = list[i + 1]
    else if (match[1] === '@') group.arrays[name] = list
  }
  close(false)
  return groups
}
