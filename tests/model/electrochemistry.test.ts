import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type Column, createElectrochemistry, type Electrochemistry, joinElectrochemistry, parseInstant } from 'operando'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { hasSharedData, sharedPath } from '../sharedData.js'

/** Just enough of EC-Lab's text for these two files (decimal commas, column order by header); the real reader is tested with its own room. */
function readMpt(name: string): Electrochemistry {
  const lines = gunzipSync(readFileSync(sharedPath(`data/io/operando/lno-nik-rock/${name}`)))
    .toString('latin1')
    .split(/\r?\n/)
  const header = Number(/(\d+)/.exec(lines[1]!)![1])
  const names = lines[header - 1]!.trimEnd().split('\t')
  const rows = lines.slice(header).filter(line => line.trim() !== '')
  const table = rows.map(row => row.split('\t').map(cell => Number(cell.replace(',', '.'))))
  const values = (label: string): Float64Array => Float64Array.from(table, row => row[names.indexOf(label)]!)
  const stamp = lines.find(line => line.startsWith('Acquisition started on'))!.split(' : ')[1]!
  const columns: Record<string, Column> = Object.fromEntries(names.map(n => [n, { values: values(n), unit: '' }]))
  return createElectrochemistry({
    time: values('time/s'),
    potential: values('Ewe/V'),
    current: { values: values('<I>/mA'), unit: 'mA' },
    charge: { values: values('(Q-Qo)/mA.h'), unit: 'mA.h' },
    columns,
    start: parseInstant(stamp, { dateOrder: 'month-first' }),
    file: name,
  })
}

describe.skipIf(!hasSharedData)('two EC-Lab files of one cell (LiNiO2, ROCK)', () => {
  const reference = hasSharedData ? JSON.parse(readFileSync(sharedPath('reference/io/operando-lno.json'), 'utf8')) : undefined

  it('join on their wall clocks, with the pause told and the charge going on', () => {
    const [a, b] = [readMpt('220726cell4operandoxas_C06.mpt.gz'), readMpt('220726cell4operandoxascontinuation_C06.mpt.gz')]
    const run = joinElectrochemistry([a, b])
    const { file1, file2, Q_max, Q_last, t_last } = reference.cycler
    const t = run.time.values
    expect(t.length).toBe(file1.rows + file2.rows)
    expectClose(t[t.length - 1]!, t_last, { atol: 1e-6 })
    expectClose(t[file1.rows]! - t[file1.rows - 1]!, file2.pause_between_files_s + b.time.values[0]!, { atol: 1e-5 })
    expect(run.warnings.filter(w => w.code === 'W_GAP').length).toBe(1)
    // the record starts at 0, and EC-Lab's first row already holds the charge of its first interval
    const first = Number(a.columns['(Q-Qo)/mA.h']!.values[0])
    const q = Float64Array.from(run.charge.values, v => 1000 * v + first)
    expectClose(q[q.length - 1]!, Q_last, { rtol: 1e-4 })
    expectClose(
      q.reduce((x, y) => Math.max(x, y)),
      Q_max,
      { rtol: 1e-4 },
    )
    expect(run.segments).toMatchObject([
      { from: 0, to: file1.rows },
      { from: file1.rows, to: t.length },
    ])
    expect(Object.keys(run.columns).length).toBe(Object.keys(a.columns).length)
  })

  it('have half-cycles where EC-Lab counts them, the first rest being part of the first', () => {
    const run = readMpt('220726cell4operandoxas_C06.mpt.gz')
    const starts = [0]
    run.halfCycle.forEach((half, i) => {
      if (i > 0 && half !== run.halfCycle[i - 1]) starts.push(run.time.values[i]!)
    })
    const { half_cycle_starts_file1_s: theirs } = reference.cycler
    // EC-Lab's label changes with the step; the first row that carries the new current ends up to one row later
    expectClose(starts, [0, ...theirs.slice(2)], { atol: 60 })
  })

  it('have a charge that is the integral of the current of the row that ends the interval', () => {
    const run = readMpt('220726cell4operandoxas_C06.mpt.gz')
    expect(run.warnings).toEqual([])
    const integrated = createElectrochemistry({
      time: run.time.values,
      potential: run.potential.values,
      current: run.current.values,
    })
    const end = run.charge.values.length - 1
    expectClose(integrated.charge.values[end]!, run.charge.values[end]!, { rtol: 2e-3 })
  })
})
