import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { createDataset, createStructure, type Dataset, type Structure } from '../../../../src/index.js'
import { open } from '../../../../src/io/index.node.js'
import {
  type Mechanism,
  mechanism,
  type SequentialModel,
  type SequentialResult,
  sequential,
} from '../../../../src/scattering/index.js'
import { hasSharedData, sharedPath } from '../../../sharedData.js'

/** Series simulated by numpy, with what was put in and the Cramér-Rao limits of scales and cells, the profile being known. */
interface Reference {
  readonly wavelength: number
  readonly two_theta: { readonly start: number; readonly step: number; readonly n: number }
  readonly instrument: { readonly U: number; readonly V: number; readonly W: number }
  readonly structures: Readonly<
    Record<string, [string, { el: string; x: number; y: number; z: number; B: number; occ: number }[]]>
  >
  readonly series: Readonly<Record<string, { readonly file: string; readonly patterns: readonly Truth[] }>>
}
interface Truth {
  readonly LFP: readonly number[]
  readonly FP: readonly number[]
  readonly NMC: readonly number[]
  readonly strain: number
  readonly weight_like_scales: { readonly LFP: number; readonly FP: number }
  readonly sigma_limit?: Readonly<Record<string, number>>
}

const reference = (
  hasSharedData ? JSON.parse(readFileSync(sharedPath('reference/scattering/g_series.json'), 'utf8')) : undefined
) as Reference
const held = (value: number) => ({ value, vary: false })
/** Lorentzian fwhm of the reference in degrees: 0.9 lambda / size / cos, 4 strain tan. */
const size = (length: number): number => ((0.9 * reference.wavelength) / length) * (180 / Math.PI)
const strain = (epsilon: number): number => 4 * epsilon * (180 / Math.PI)

async function seriesOf(kind: string): Promise<Dataset> {
  const opened = await open(sharedPath(`reference/scattering/${reference.series[kind]!.file}`))
  if (opened.kind !== 'arrays') throw new Error(`${kind} holds ${opened.kind}`)
  const { start, step, n } = reference.two_theta
  return createDataset({
    name: 'I',
    dims: ['frame', 'twoTheta'],
    shape: [24, n],
    values: Float64Array.from(opened.arrays.data!.values as ArrayLike<number>),
    unit: 'counts',
    coords: {
      twoTheta: { dims: ['twoTheta'], values: Float64Array.from({ length: n }, (_, i) => start + step * i), unit: 'deg' },
    },
  })
}

function structure(name: string, [a, b, c, alpha, beta, gamma]: readonly number[]): Structure {
  const [spaceGroup, sites] = reference.structures[name]!
  return createStructure({
    name,
    cell: { a: a!, b: b!, c: c!, alpha: alpha!, beta: beta!, gamma: gamma! },
    spaceGroup,
    sites: sites.map(({ el, x, y, z, B, occ }) => ({
      element: el,
      position: [x, y, z],
      occupancy: occ,
      uIso: B / (8 * Math.PI ** 2),
    })),
  })
}

/** What both series share: the instrument, and the collector as it is known. */
function model(phases: readonly Structure[], parameters: SequentialModel['parameters']): SequentialModel {
  const { U, V, W } = reference.instrument
  return {
    phases: [...phases, structure('AL', [4.0495, 4.0495, 4.0495, 90, 90, 90])],
    wavelength: reference.wavelength,
    background: 4,
    scaleErrors: false,
    instrument: { widths: { u: U, v: V, w: W } },
    parameters: {
      ...parameters,
      // the reference divides by the volume squared
      'AL.scale': held(0.05 / 4.0495 ** 6),
      'AL.a': held(4.0495),
      'AL.size': held(size(3000)),
      'AL.strain': held(strain(0.0002)),
    },
  }
}

/** (found - true) / sigma of each frame that has a value, and sigma against its limit in the frames for which it is known. */
function against(
  result: SequentialResult,
  name: string,
  truth: (t: Truth) => number,
  limit: string,
  unit: (t: Truth) => number,
  patterns: readonly Truth[],
) {
  const { values, sigma } = result.parameters[name]!
  const pulls: number[] = []
  const ratios: number[] = []
  patterns.forEach((t, i) => {
    if (Number.isNaN(values[i])) return
    pulls.push((values[i]! - truth(t)) / sigma![i]!)
    const bound = t.sigma_limit?.[limit]
    if (bound !== undefined) ratios.push((sigma![i]! * unit(t)) / bound)
  })
  return { pulls, ratios }
}

function expectHonest({ pulls, ratios }: ReturnType<typeof against>, name: string): void {
  expect(Math.max(...pulls.map(Math.abs)), name).toBeLessThan(4)
  expect(Math.sqrt(pulls.reduce((sum, pull) => sum + pull * pull, 0) / pulls.length), name).toBeLessThan(1.6)
  for (const ratio of ratios) {
    expect(ratio, name).toBeGreaterThan(0.7)
    expect(ratio, name).toBeLessThan(1.5)
  }
}

describe.skipIf(!hasSharedData)('a simulated two-phase reaction, LiFePO4 and FePO4 beside aluminium', () => {
  let result: SequentialResult
  let found: Mechanism
  let patterns: readonly Truth[]
  const cube = ([a, b, c]: readonly number[]): number => a! * b! * c!
  beforeAll(async () => {
    patterns = reference.series.two_phase!.patterns
    const widths = {
      'LFP.size': held(size(1200)),
      'LFP.strain': held(strain(0.0006)),
      'FP.size': held(size(1200)),
      'FP.strain': held(strain(0.001)),
    }
    const couples = [{ phases: ['LFP', 'FP'] as const, formulaUnits: [4, 4] as const }]
    const phases = [structure('LFP', patterns[0]!.LFP), structure('FP', patterns[0]!.FP)]
    result = await sequential(await seriesOf('two_phase'), { ...model(phases, widths), couples })
    found = mechanism(result, { phases: ['LFP', 'FP'], formulaUnits: [4, 4] })
  }, 60_000)

  it('gives scales and cells within four standard errors, which are those of the Cramér-Rao limit', () => {
    expect(result.status.every(status => status === 'good')).toBe(true)
    let bounds = 0
    for (const phase of ['LFP', 'FP'] as const) {
      // the scale of the reference is that of the engine times the square of the volume, over 3
      const scale = (t: Truth): number => cube(t[phase]) ** 2 / 3
      const scales = against(
        result,
        `${phase}.scale`,
        t => t.weight_like_scales[phase] / scale(t),
        `scale_${phase}`,
        scale,
        patterns,
      )
      expect(scales.pulls).toHaveLength(24)
      expectHonest(scales, `${phase}.scale`)
      bounds += scales.ratios.length
      for (const [j, axis] of (['a', 'b', 'c'] as const).entries()) {
        const own = against(
          result,
          `${phase}.${axis}`,
          t => t[phase][j]!,
          `${phase}_${axis}`,
          () => 1,
          patterns,
        )
        expectHonest(own, `${phase}.${axis}`)
        bounds += own.ratios.length
      }
    }
    // three frames have limits: those of three scales and of the cells that are there
    expect(bounds).toBe(18)
  })

  it('sees phases begin and end within one frame', () => {
    const first = (phase: 'LFP' | 'FP'): number => [...result.presence[phase]!].findIndex(p => p > 0)
    const last = (phase: 'LFP' | 'FP'): number => [...result.presence[phase]!].findLastIndex(p => p > 0)
    const true_ = (phase: 'LFP' | 'FP'): number[] => patterns.flatMap((t, i) => (t.weight_like_scales[phase] > 0 ? [i] : []))
    expect(Math.abs(first('FP') - true_('FP')[0]!)).toBeLessThanOrEqual(1)
    expect(Math.abs(last('LFP') - true_('LFP').at(-1)!)).toBeLessThanOrEqual(1)
    expect(result.presence.FP![0]).toBe(0)
    expect(result.presence.LFP![23]).toBe(0)
    // their cells are unknown then, not frozen numbers
    expect(result.parameters['FP.a']!.values[0]).toBeNaN()
    expect(result.parameters['LFP.c']!.values[23]).toBeNaN()
    // the scale is told all the same, with its error
    expect(Math.abs(result.parameters['FP.scale']!.values[0]! / result.parameters['FP.scale']!.sigma![0]!)).toBeLessThan(4)
  })

  it('has mole fractions and weights that follow from the scales', () => {
    patterns.forEach(({ LFP, FP, weight_like_scales: s }, i) => {
      const moles = [s.LFP / cube(LFP), s.FP / cube(FP)] as const
      const masses = [157.757 * moles[0], 150.816 * moles[1]] as const
      const fraction = result.parameters['FP.fraction']!
      expect(Math.abs(fraction.values[i]! - moles[1] / (moles[0] + moles[1]))).toBeLessThan(4 * fraction.sigma![i]! + 1e-9)
      const [one, other] = ['LFP', 'FP'].map(name => result.parameters[`${name}.weight`]!.values[i]!) as [number, number]
      expect(Math.abs(other / (one + other) - masses[1] / (masses[0] + masses[1]))).toBeLessThan(4 * fraction.sigma![i]! + 1e-4)
    })
  })

  it('is called two-phase, though the cells move significantly, with the change of volume', () => {
    expect(found.verdict).toBe('two-phase')
    const mixed = found.intervals.find(({ present }) => present.length === 2)!
    expect(mixed.model).toBe('both')
    expect(mixed.verdict).toBe('two-phase')
    expect(found.twoPhaseShare!).toBeGreaterThan(0.95)
    const middle = patterns[12]!
    expect(Math.abs(found.volumeChange!.value - (cube(middle.FP) / cube(middle.LFP) - 1))).toBeLessThan(0.003)
  })
})

describe.skipIf(!hasSharedData)('a simulated solid solution, NMC622 beside aluminium', () => {
  it('gives cells and strain within four standard errors, near the Cramér-Rao limit, and is called a solid solution', {
    timeout: 60_000,
  }, async () => {
    const { patterns } = reference.series.solid_solution!
    const widths = { 'NMC.size': held(size(900)), 'NMC.strain': { value: strain(0.0004) } }
    const result = await sequential(await seriesOf('solid_solution'), model([structure('NMC', patterns[0]!.NMC)], widths))
    expect(result.status.every(status => status === 'good')).toBe(true)
    const checks = [
      ['NMC.a', t => t.NMC[0]!, 'NMC_a', 1],
      ['NMC.c', t => t.NMC[2]!, 'NMC_c', 1],
      ['NMC.strain', t => strain(t.strain), 'strain', 1 / strain(1)],
    ] as const satisfies readonly (readonly [string, (t: Truth) => number, string, number])[]
    for (const [name, truth, limit, unit] of checks) {
      const own = against(result, name, truth, limit, () => unit, patterns)
      expect(own.pulls).toHaveLength(24)
      expect(own.ratios).toHaveLength(3)
      expectHonest(own, name)
    }
    const found = mechanism(result, { phases: ['NMC'], twoTheta: 13.5 })
    expect(found.verdict).toBe('solid solution')
    expect(found.intervals.filter(({ models }) => models.length > 0).every(({ verdict }) => verdict === 'solid solution')).toBe(
      true,
    )
  })
})
