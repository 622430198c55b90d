import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clockAgainstTruth, compareWithTruth, simulatedConfig, truthTable } from '../../examples/demo/simulated.js'
import { readNexus } from '../../src/io/index.node.js'
import { type OperandoDiffractionResult, operandoDiffraction } from '../../src/workflow/index.node.js'

describe('the simulated experiment, from raw files to report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'operando-report-'))
  const stages: string[] = []
  let result: OperandoDiffractionResult

  beforeAll(async () => {
    const onProgress = (stage: string, done: number, total: number): void => {
      if (done === total) stages.push(`${stage} ${total}`)
    }
    result = await operandoDiffraction({ ...simulatedConfig(), output: folder, onProgress })
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('recovers what was put in within its own uncertainties', () => {
    const found = compareWithTruth(result)
    expect(found.map(f => f.name)).toEqual(['FePO4.fraction', 'NMC622.a', 'NMC622.c', 'LiFePO4.a', 'FePO4.a', 'zero'])
    for (const { name, bias, biasSigma, pull, worst } of found) {
      expect(Math.abs(bias), name).toBeLessThan(4 * biasSigma)
      expect(pull, name).toBeGreaterThan(0.75)
      expect(pull, name).toBeLessThan(1.25)
      expect(worst, name).toBeLessThan(4)
    }
  })

  it('finds that the clocks disagree, and by how much, within the uncertainty it claims', () => {
    const { found, sigma, truth } = clockAgainstTruth(result)
    expect(result.clock!.source).toBe('turning-points')
    expect(result.warnings.some(w => w.code === 'W_CLOCKS_CONTRADICT')).toBe(true)
    expect(Math.abs(found - truth)).toBeLessThan(2 * sigma!)
  })

  it('tells the two-phase olivine from the solid solution of the layered oxide', () => {
    const verdicts = Object.fromEntries(result.mechanisms.map(m => [m.subject, m.verdict]))
    expect(verdicts).toEqual({ olivine: 'two-phase', NMC622: 'solid solution' })
  })

  it('gives frames beyond the record no voltage, and the others the mean over their exposure', () => {
    const { voltage, echemFlags } = result.run.coords
    const uncovered = [...echemFlags!.values.keys()].filter(i => echemFlags!.values[i] === 1)
    expect(uncovered.length).toBeGreaterThan(0)
    for (const i of uncovered) expect(voltage!.values[i]).toBeNaN()
    const { offset, rate } = result.clock!.relation
    const truth = truthTable()
    // the plateau is flat, so an error of some minutes of the clock does not matter there
    const plateau = truth.fraction_FePO4!.findIndex(f => f > 0.5)
    expect(Math.abs(voltage!.values[plateau]! - truth.voltage_V![plateau]!)).toBeLessThan(2e-3)
    expect(rate).toBe(1)
    expect(Number.isFinite(offset)).toBe(true)
  })

  it('fits every frame at noise level', () => {
    expect(result.failed).toEqual([])
    for (const v of result.phaseFit!.result.quality.values) expect(Math.abs(v - 1)).toBeLessThan(0.25)
  })

  it('writes a table with a row a frame', () => {
    const lines = readFileSync(result.files!.csv, 'utf8').trim().split('\n')
    const rows = lines.filter(line => !line.startsWith('#'))
    expect(rows).toHaveLength(81)
    const head = rows[0]!.split(',')
    for (const name of ['frame', 'time_s', 'voltage_V', 'FePO4.fraction', 'sigma FePO4.fraction', 'NMC622.a_Å', 'status phases'])
      expect(head).toContain(name)
    expect(rows.every(row => row.split(',').length === head.length)).toBe(true)
    const at = head.indexOf('NMC622.a_Å')
    expect(Number(rows[40]!.split(',')[at])).toBe(result.trends['NMC622.a']!.values[39])
  })

  it('writes a NeXus file that gives back patterns, trends and record', async () => {
    const { datasets, electrochemistry } = await readNexus(readFileSync(result.files!.nexus!), { file: 'results.nxs' })
    const byName = Object.fromEntries(datasets.map(d => [d.name, d]))
    expect([...byName.I!.values]).toEqual([...result.run.values])
    expect([...byName['NMC622.a']!.values]).toEqual([...result.trends['NMC622.a']!.values])
    expect([...byName['NMC622.a']!.sigma!]).toEqual([...result.trends['NMC622.a']!.sigma!])
    expect([...electrochemistry.cell!.potential.values]).toEqual([...result.electrochemistry!.potential.values])
  })

  it('writes a report that stands alone and says where everything comes from', () => {
    const html = readFileSync(result.files!.html, 'utf8')
    const prose = html.replace(/<(script|style|figure)[\s\S]*?<\/\1>/g, '')
    for (const text of ['SIMULATED', 'two-phase', 'solid solution', 'No texture', 'lfp_nmc_001.xy', 'W_CLOCKS_CONTRADICT'])
      expect(prose.includes(text), text).toBe(true)
    for (const { name, sha256 } of result.run.meta.sources!) expect(prose.includes(sha256!), name).toBe(true)
    expect(/(src|href)="(https?:)?\/\//.test(html)).toBe(false)
    expect(prose.match(/.{0,40}(NaN|undefined|\[object).{0,40}/)?.[0]).toBeUndefined()
  })

  it('reports its progress stage by stage', () => {
    expect([...new Set(stages)]).toEqual(['reading 80', 'fitting 80', 'writing 4'])
  })
})
