import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** Name of the processor; with family and model where the system tells, since vendors give many processors one name. */
export function cpuModel(): string {
  const name = cpus()[0]?.model.trim() ?? 'unknown'
  try {
    const text = readFileSync('/proc/cpuinfo', 'utf8')
    const field = (key: string): string | undefined => text.match(new RegExp(`^${key}\\s*: (.*)$`, 'm'))?.[1]
    const family = field('cpu family')
    return family ? `${name}, family ${family} model ${field('model')}` : name
  } catch {
    return name
  }
}
