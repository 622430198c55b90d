import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { createStructure, type Structure } from 'operando'
import { type IdentifiedPhases, identifyPhases } from 'operando/scattering'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

const reference = JSON.parse(readFileSync('tests/reference/scattering/phase_search.json', 'utf8')) as {
  peer: string
  wavelength: number
  start: number
  step: number
  phases: Record<string, { spaceGroup: string; cell: number[]; sites: [string, number, number, number, number][] }>
  patterns: { title: string; phases: { name: string; volume: number; strain: number[] }[]; intensity: number[] }[]
}
const candidates: Structure[] = Object.entries(reference.phases).map(([name, { spaceGroup, cell, sites }]) =>
  createStructure({
    name,
    spaceGroup,
    cell: { a: cell[0]!, b: cell[1]!, c: cell[2]!, alpha: cell[3]!, beta: cell[4]!, gamma: cell[5]! },
    sites: sites.map(([element, x, y, z, B]) => ({ element, position: [x, y, z] as const, uIso: B / (8 * Math.PI ** 2) })),
  }),
)

describe('identifyPhases, on mixtures that gemmi drew', () => {
  const found = new Map<string, IdentifiedPhases>()
  beforeAll(async () => {
    for (const { title, intensity } of reference.patterns) {
      const twoTheta = intensity.map((_, i) => reference.start + reference.step * i)
      found.set(title, await identifyPhases({ twoTheta, intensity }, candidates, { wavelength: reference.wavelength }))
    }
  })

  it.each(reference.patterns.map(p => [p.title, p] as const))(
    '%s: finds the phases that are there, and no other',
    (title, pattern) => {
      const { phases, unexplained } = found.get(title)!
      expect(
        phases
          .filter(({ present }) => present)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(pattern.phases.map(({ name }) => name).sort())
      expect(unexplained).toBeLessThan(0.15)
      // present ones stand first
      expect(phases.slice(0, pattern.phases.length).every(({ present }) => present)).toBe(true)
    },
  )

  it('finds the strain of their cells', () => {
    for (const { title, phases } of reference.patterns)
      for (const { name, strain } of phases)
        expectClose(found.get(title)!.phases.find(phase => phase.name === name)!.strain, strain, {
          atol: 6e-4,
          peer: reference.peer,
        })
  })

  it('finds their volumes as well as textured intensities allow', () => {
    for (const { title, phases } of reference.patterns) {
      const volume = phases.reduce((sum, phase) => sum + phase.volume, 0)
      for (const phase of phases) {
        const got = found.get(title)!.phases.find(({ name }) => name === phase.name)!
        expectClose(got.volumeFraction, phase.volume / volume, { atol: 0.08 })
        expect(got.significance).toBeGreaterThan(6)
        expect(got.found).toBeGreaterThan(0.8)
      }
    }
  })

  it('says of a phase that is not there how little of it is seen', () => {
    const graphite = found.get('two olivines')!.phases.find(({ name }) => name === 'graphite')!
    expect(graphite.present).toBe(false)
    expect(graphite.score).toBeLessThan(0.4)
    expect(graphite.volumeFraction).toBe(0)
  })
})

describe.runIf(hasSharedData)('identifyPhases, on a scan of an operando cell', () => {
  it('finds LiFePO4 in the first scan, and FePO4 with some of it left when it is charged', async () => {
    const folder = 'data/scattering/operando_xrd_LFP'
    const floats = gunzipSync(readFileSync(sharedPath(`${folder}/q_f64.npy.gz`)))
    const counts = gunzipSync(readFileSync(sharedPath(`${folder}/counts_sum10_181x6487_u16.npy.gz`)))
    const body = (bytes: Buffer): Buffer => bytes.subarray(10 + bytes.readUInt16LE(8))
    const q = Float64Array.from({ length: 6487 }, (_, i) => body(floats).readDoubleLE(8 * i))
    const frame = (k: number): number[] => Array.from({ length: 6487 }, (_, i) => body(counts).readUInt16LE(2 * (k * 6487 + i)))
    const wavelength = 0.559407
    const twoTheta = q.map(v => (360 / Math.PI) * Math.asin((v * wavelength) / (4 * Math.PI)))
    const paired = (values: ArrayLike<number>, scale: number): number[] =>
      Array.from({ length: 3243 }, (_, i) => scale * (values[2 * i]! + values[2 * i + 1]!))
    const phasesOf = async (k: number) => {
      const pattern = { twoTheta: paired(twoTheta, 0.5), intensity: paired(frame(k), 1) }
      return (await identifyPhases(pattern, candidates, { wavelength, intensityError: 0.2 })).phases
    }
    const first = await phasesOf(0)
    expect(first[0]!.name).toBe('LiFePO4')
    expect(first[0]!.share).toBeGreaterThan(0.7)
    expect(first.find(({ name }) => name === 'FePO4')!.present).toBe(false)
    const charged = await phasesOf(18)
    expect(charged.slice(0, 2).map(({ name, present }) => [name, present])).toEqual([
      ['FePO4', true],
      ['LiFePO4', true],
    ])
    expect(charged[0]!.share).toBeGreaterThan(3 * charged[1]!.share)
  })
})
