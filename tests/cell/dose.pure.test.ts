import fc from 'fast-check'
import { createCell } from 'operando'
import { absorbedDose, accumulateDose, type DosePlan, doseBudget, stackTransmission } from 'operando/cell'
import { describe, expect, it } from 'vitest'
import { errorCode, errorText } from '../errorCode.js'
import { expectClose } from '../matchers.js'
import { LP57, stackOf, windowCell } from './makeStack.js'

const stack = await stackOf(windowCell)
const beam = { energy: 8400, flux: 1e12, spot: [300, 100], exposure: 1 } as const
const E = 1.602176634e-19

describe('absorbedDose', () => {
  it('is the power that energy absorption leaves in the lit mass, layer by layer', () => {
    const { layers } = stackTransmission(stack, 8400)
    for (const [i, dose] of absorbedDose(stack, beam).entries()) {
      const layer = stack.layers[i]!
      const watts = 1e12 * layers[i]!.absorbed * 8400 * E * (layer.energyAbsorption.at(8400) / layer.attenuation.at(8400))
      const mass = layer.density * layer.thickness * 1e-4 * 300e-4 * 100e-4 * 1e-3
      expectClose(dose.doseRate, watts / mass, { rtol: 1e-9 })
      expectClose(dose.flux, 1e12 * layers[i]!.arriving, { rtol: 1e-12 })
      expect(dose.entranceDoseRate).toBeGreaterThanOrEqual(dose.doseRate)
    }
  })

  it('grows in proportion to flux, time and duty, and falls with the area', () => {
    const factor = fc.double({ min: 0.01, max: 1, noNaN: true })
    const [first] = absorbedDose(stack, beam)
    fc.assert(
      fc.property(factor, factor, factor, factor, (flux, exposure, duty, area) => {
        const [dose] = absorbedDose(stack, { ...beam, flux: 1e12 * flux, exposure, duty, spot: [300 / area, 100] })
        expectClose(dose!.dose, first!.dose * flux * exposure * duty * area, { rtol: 1e-9 })
      }),
    )
  })

  it('in the middle of a Gaussian beam is 0.88 of that of an even one', () => {
    const [even, gaussian] = (['tophat', 'gaussian'] as const).map(profile => absorbedDose(stack, { ...beam, profile })[0]!)
    expectClose(gaussian!.dose / even!.dose, (4 * Math.LN2) / Math.PI, { rtol: 1e-12 })
  })

  it('heats metals by what their heat capacity allows: Kopp within 10 % for aluminium, lithium and beryllium', () => {
    const doses = absorbedDose(stack, beam)
    const capacity = (name: string): number => {
      const { doseRate, heatingRate } = doses.find(dose => dose.name === name)!
      return doseRate / heatingRate
    }
    expectClose([capacity('Al'), capacity('Li'), capacity('Be')], [897, 3582, 1825], { rtol: 0.1 })
    const given = absorbedDose(stack, { ...beam, heatCapacity: { Al: 897 } }).find(dose => dose.name === 'Al')!
    expectClose(given.heating, given.dose / 897, { rtol: 1e-12 })
  })

  it('gives none to a layer with a hole, and spares nothing behind it', async () => {
    const [first, ...rest] = windowCell
    const holed = await stackOf([{ ...first!, hole: 2 }, ...rest])
    const doses = absorbedDose(holed, beam)
    expect(doses[0]!.dose).toBe(0)
    expectClose(doses[1]!.flux, 1e12, { rtol: 1e-12 })
  })

  it('refuses beams without meaning', () => {
    expect(errorCode(() => absorbedDose(stack, { ...beam, flux: -1 }))).toBe('E_RANGE')
    expect(errorCode(() => absorbedDose(stack, { ...beam, spot: [0, 1] }))).toBe('E_RANGE')
    expect(errorCode(() => absorbedDose(stack, { ...beam, duty: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => absorbedDose(stack, { ...beam, duty: 1.1 }))).toBe('E_RANGE')
    expect(errorCode(() => absorbedDose(stack, { ...beam, exposure: '-1 s' }))).toBe('E_RANGE')
    expect(errorCode(() => absorbedDose(stack, { ...beam, heatCapacity: { Al: 0 } }))).toBe('E_RANGE')
  })
})

describe('doseBudget', () => {
  const plan: DosePlan = { ...beam, exposure: 0.1, interval: 10, frames: 1000, threshold: 1e6, layer: 'Celgard' }
  const byName = (p: DosePlan): Record<string, ReturnType<typeof doseBudget>[number]> =>
    Object.fromEntries(doseBudget(stack, p).map(s => [s.name, s]))

  it('counts the frames that stay below: the last is below, the next is above', () => {
    for (const strategy of doseBudget(stack, plan)) {
      const positions = strategy.name === 'several positions' ? 10 : 1
      const spot = strategy.framesBelow / positions
      expect(spot * strategy.doseOfFrame).toBeLessThanOrEqual(plan.threshold * (1 + 1e-9))
      expect((spot + 1) * strategy.doseOfFrame).toBeGreaterThan(plan.threshold)
      expect(strategy.allowed).toBe(strategy.framesBelow >= plan.frames)
    }
  })

  it('tells what each strategy gains and costs', () => {
    const s = byName(plan)
    const planned = s['as planned']!
    for (const name of ['defocus', 'attenuate', 'shorter exposure'])
      expectClose(s[name]!.doseOfFrame, planned.doseOfFrame / 10, { rtol: 1e-9 })
    expectClose(s.defocus!.doseRate, planned.doseRate / 10, { rtol: 1e-9 })
    expectClose(s['shorter exposure']!.doseRate, planned.doseRate, { rtol: 1e-9 })
    const signals = ['defocus', 'attenuate', 'shorter exposure', 'stroboscopic', 'several positions'].map(name => s[name]!.signal)
    expectClose(signals, [1, 0.1, 0.1, 1, 1], { rtol: 1e-12 })
    expectClose(s['several positions']!.doseOfSeries, planned.doseOfSeries / 10, { rtol: 1e-9 })
    expect(s.stroboscopic!.meanDoseRate).toBeLessThan(planned.meanDoseRate / 5)
    expect(s.stroboscopic!.framesBelow).toBe(planned.framesBelow)
    expect(planned.sentence).toBe('as planned: all 1000 frames stay below 1000 kGy in Celgard.')
  })

  it('lets rests help where damage heals, and says when a series may go on for ever', () => {
    const healing = byName({ ...plan, recovery: '200 s' })
    expect(healing.stroboscopic!.framesBelow).toBeGreaterThan(byName(plan).stroboscopic!.framesBelow)
    expect(byName({ ...plan, recovery: 1 })['as planned']!.framesBelow).toBe(Number.POSITIVE_INFINITY)
    // without rests the dose that counts tends to D / (1 - exp(-interval / recovery))
    const dose = byName(plan)['as planned']!.doseOfFrame
    const limit = dose / -Math.expm1(-10 / 200)
    expect(byName({ ...plan, recovery: 200, threshold: limit * 1.0001 })['as planned']!.framesBelow).toBe(
      Number.POSITIVE_INFINITY,
    )
    expect(byName({ ...plan, recovery: 200, threshold: limit * 0.999 })['as planned']!.framesBelow).toBeLessThan(200)
  })

  it('takes the most exposed of the layers that matter if none is named', () => {
    const [named] = doseBudget(stack, { ...plan, layer: 'NMC811' }, [{ name: 'mine' }])
    const [found] = doseBudget(stack, { ...plan, layer: undefined }, [{ name: 'mine' }])
    expect(found).toEqual(named)
  })

  it('refuses strategies that expose more, and layers that are not there', () => {
    const run = (strategy: object, change: object = {}): string =>
      errorText(() => doseBudget(stack, { ...plan, ...change }, [{ name: 's', ...strategy }]))
    expect(run({ defocus: 0.5 })).toMatch(/^E_RANGE s: defocus/)
    expect(run({ attenuate: 2 })).toMatch(/^E_RANGE/)
    expect(run({ positions: 0 })).toMatch(/^E_RANGE/)
    expect(run({}, { layer: 'cathode' })).toMatch(/^E_MISSING .*NMC811/)
    expect(run({}, { threshold: 0 })).toMatch(/^E_RANGE/)
    expect(run({}, { interval: 0.01 })).toMatch(/^E_RANGE/)
    expect(run({}, { frames: 0 })).toMatch(/^E_RANGE/)
  })
})

describe('accumulateDose', () => {
  const cell = createCell({
    format: 'coin',
    layers: [{ role: 'electrolyte', thickness: 100, material: { components: LP57 } }],
    electrodes: { working: {}, counter: {} },
    beamSpots: [
      { name: 'A', position: [0, 0], size: [300, 100], dose: 1000 },
      { name: 'B', position: [2, 0], size: [300, 100], dose: { dims: ['frame'], values: [1, 2], unit: 'kGy' } },
    ],
  })

  it('adds to the spot that is named, or that the beam overlaps, and leaves the cell that it got as it was', () => {
    const before = structuredClone(cell)
    expect(accumulateDose(cell, { spot: 'A', dose: 500 }).beamSpots[0]!.dose).toBe(1500)
    const near = accumulateDose(cell, { position: ['0.1 mm', 0.02], size: [300, 100], dose: 500 })
    expect(near.beamSpots.map(spot => spot.name)).toEqual(['A', 'B'])
    expect(near.beamSpots[0]!.dose).toBe(1500)
    expect(cell).toEqual(before)
    expect(Object.isFrozen(near)).toBe(true)
  })

  it('opens a new spot where the beam has not been, and puts a new sum behind a course', () => {
    const made = accumulateDose(cell, { position: [1, 1], size: [300, 100], dose: 7 })
    expect(made.beamSpots[2]).toMatchObject({ name: 'spot 3', position: [1, 1], dose: 7 })
    const { dose } = accumulateDose(cell, { spot: 'B', dose: 500 }).beamSpots[1]!
    expect(dose).toMatchObject({ shape: [3], unit: { symbol: 'Gy' } })
    expectClose((dose as { values: Float64Array }).values, [1000, 2000, 2500], { rtol: 1e-12 })
  })

  it('sums to the same whatever the order of exposures', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { maxLength: 20 }), doses => {
        const total = (list: number[]): unknown =>
          list.reduce((c, dose) => accumulateDose(c, { spot: 'A', dose }), cell).beamSpots[0]!.dose
        expect(total(doses)).toBe(1000 + doses.reduce((sum, d) => sum + d, 0))
        expect(total([...doses].reverse())).toBe(total(doses))
      }),
    )
  })

  it('refuses a negative dose, a spot that is not there, and a beam over two spots', () => {
    expect(errorCode(() => accumulateDose(cell, { spot: 'A', dose: -1 }))).toBe('E_RANGE')
    expect(errorText(() => accumulateDose(cell, { spot: 'Z', dose: 1 }))).toMatch(/^E_MISSING .*"A", "B"/)
    expect(errorCode(() => accumulateDose(cell, { dose: 1 }))).toBe('E_MISSING')
    expect(errorCode(() => accumulateDose(cell, { position: [1, 0], size: [4000, 100], dose: 1 }))).toBe('E_ARGUMENT')
  })
})
