// npm run bench                  the table
// npm run bench -- --guard       exits with 1 where a kernel has become slower or collects garbage
// npm run bench -- --update      stores the ratios of this machine in bench/ratios.json
// npm run bench -- --only TEXT   some benches, by a part of their name
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { faultsOf, limitOf, type RatioFile } from './harness/judge.js'
import { cpuModel } from './harness/machine.js'
import { type Measurement, measureInProcess } from './harness/measureInProcess.js'
import { duration, table } from './harness/table.js'
import { benches } from './kernels/index.js'

/** Time to measure a bench in one process, s. */
const budget = 0.8
/** A compiled kernel comes out differently now and then, so the best of some processes counts. */
const processes = 3

const { values } = parseArgs({
  options: { guard: { type: 'boolean' }, update: { type: 'boolean' }, only: { type: 'string', default: '' } },
})
const file = new URL('ratios.json', import.meta.url)
const stored = JSON.parse(readFileSync(file, 'utf8')) as RatioFile
const cpu = cpuModel()
const chosen = benches.filter(({ name }) => name.includes(values.only))

/** Least times and collections over some processes; ends early when nothing is wrong, unless all are wanted. */
async function measure(name: string, isFine: (m: Measurement) => boolean, all: boolean): Promise<Measurement> {
  let best: Measurement | undefined
  for (let i = 0; i < processes; i++) {
    const next = await measureInProcess(name, budget)
    best = best
      ? {
          kernel: Math.min(best.kernel, next.kernel),
          yardstick: Math.min(best.yardstick, next.yardstick),
          collections: Math.min(best.collections, next.collections),
          bufferBytes: Math.min(best.bufferBytes, next.bufferBytes),
        }
      : next
    if (!all && isFine(best)) break
  }
  return best!
}

const rows = [['kernel', 'a call', 'ratio', 'stored', 'limit', 'collections']]
const faults: string[] = []
const ratios: Record<string, number> = { ...stored[cpu]?.ratios }
for (const { name, allocates } of chosen) {
  const limit = limitOf(stored, cpu, name)
  const outcome = (m: Measurement) => ({ ...m, name, allocates, ratio: m.kernel / m.yardstick })
  const best = await measure(name, m => faultsOf(outcome(m), limit).length === 0, values.update === true)
  const { ratio } = outcome(best)
  faults.push(...faultsOf(outcome(best), limit))
  rows.push([
    name,
    duration(best.kernel),
    ratio.toPrecision(4),
    stored[cpu]?.ratios[name]?.toPrecision(4) ?? '-',
    limit === Infinity ? '-' : limit.toPrecision(4),
    `${best.collections}${allocates ? ` (${allocates})` : ''}`,
  ])
  ratios[name] = Number(ratio.toPrecision(4))
}
console.log(
  `${table(rows)}\n\n${cpu}, Node ${process.version}; a ratio is time over time of the yardstick, both the least of short windows.`,
)
if (values.update) {
  // benches that are no more are forgotten
  const kept = Object.fromEntries(benches.flatMap(({ name }) => (ratios[name] === undefined ? [] : [[name, ratios[name]]])))
  const entry = { date: new Date().toISOString().slice(0, 10), node: process.version, ratios: kept }
  writeFileSync(file, `${JSON.stringify({ ...stored, [cpu]: entry }, null, 2)}\n`)
  console.log('Stored in bench/ratios.json.')
} else if (faults.length > 0) {
  console.log(`\n${faults.join('\n')}`)
  if (values.guard) process.exitCode = 1
}
