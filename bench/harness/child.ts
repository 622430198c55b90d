// One bench in a process of its own: its name and the time to measure are given, a message with the Measurement is answered.
import { benches } from '../kernels/index.js'
import type { Measurement } from './measureInProcess.js'
import { timeBeside } from './timeBeside.js'
import { watchMemory } from './watchMemory.js'
import { yardstick } from './yardstick.js'

const [name, budget] = process.argv.slice(2)
const bench = benches.find(b => b.name === name)
if (!bench) throw new Error(`no bench is named "${name}"`)
const run = await bench.prepare()
const timing = timeBeside(run, yardstick, { budget: Number(budget) })
const measurement: Measurement = { ...timing, ...(await watchMemory(run)) }
process.send?.(measurement)
process.disconnect?.()
