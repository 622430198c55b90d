// Our side of a pair in a process of its own: the index of the pair is given; each message is a number of calls to run, and is answered
// with the process time of one, s.
import { pairs } from './pairs.js'

const run = await pairs[Number(process.argv[2])]!.bench.prepare()
process.on('message', message => {
  const calls = message as number
  const begin = process.cpuUsage()
  for (let i = 0; i < calls; i++) run()
  const { user, system } = process.cpuUsage(begin)
  process.send!((user + system) / 1e6 / calls)
})
