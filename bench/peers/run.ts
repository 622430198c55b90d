// npm run bench:peers                 operando over peer, for every kernel that a peer has as well
// npm run bench:peers -- --only TEXT  some, by a part of our bench's or the peer's name
// Both sides do the same work on the same input, in turn, with one thread; process time counts. PYTHON names another interpreter.
import { parseArgs } from 'node:util'
import { cpuModel } from '../harness/machine.js'
import { duration, table } from '../harness/table.js'
import { pairs } from './pairs.js'
import { buildOurs, type Side, startOurs, startPeer } from './sides.js'

const turns = 9
/** Calls of a turn last so long, s: the process clock then counts well. */
const turnLength = 0.03
const runsInTurn = 3

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })

async function callsInTurn(side: Side): Promise<number> {
  await side.run(1)
  for (let calls = 1; ; calls *= 4) {
    const each = await side.run(calls)
    if (each * calls >= turnLength / 4) return Math.max(1, Math.round(turnLength / each))
  }
}

async function fastest(side: Side, calls: number): Promise<number> {
  let least = Infinity
  for (let i = 0; i < runsInTurn; i++) least = Math.min(least, await side.run(calls))
  return least
}

const median = (x: readonly number[]): number => [...x].sort((a, b) => a - b)[Math.floor(x.length / 2)]!

/** Median over turns of both times and of their quotient. */
async function compare(ours: Side, theirs: Side): Promise<{ ours: number; theirs: number; ratio: number }> {
  const ourCalls = await callsInTurn(ours)
  const theirCalls = await callsInTurn(theirs)
  const times: [number, number][] = []
  for (let turn = 0; turn < turns; turn++) times.push([await fastest(ours, ourCalls), await fastest(theirs, theirCalls)])
  return {
    ours: median(times.map(([a]) => a)),
    theirs: median(times.map(([, b]) => b)),
    ratio: median(times.map(([a, b]) => a / b)),
  }
}

await buildOurs()
const rows = [['kernel', 'operando', 'peer', 'operando/peer', 'goal', '', 'peer']]
for (const [index, { bench, peer, goal }] of pairs.entries()) {
  if (!bench.name.includes(values.only) && !peer.includes(values.only)) continue
  const started = await startPeer(peer)
  if ('missing' in started) {
    console.log(`SKIPPED: ${bench.name}, its peer is not here (${started.missing}).`)
    continue
  }
  const ours = startOurs(index)
  const { ours: ourTime, theirs, ratio } = await compare(ours, started.side)
  ours.close()
  started.side.close()
  const verdict = Number.isNaN(goal) ? '' : ratio <= goal ? 'reached' : 'missed'
  rows.push([
    bench.name,
    duration(ourTime),
    duration(theirs),
    ratio.toPrecision(3),
    Number.isNaN(goal) ? '-' : String(goal),
    verdict,
    started.peer,
  ])
}
console.log(`${table(rows)}\n\n${cpuModel()}, Node ${process.version}; median process time of ${turns} turns, one thread.`)
