import fc from 'fast-check'
import { pathLengths, stackTransmission, throughSpectrum, transmissionOver } from 'operando/cell'
import { describe, expect, it } from 'vitest'
import { errorCode, errorText } from '../errorCode.js'
import { expectClose } from '../matchers.js'
import { stackOf, windowCell } from './makeStack.js'

const stack = await stackOf(windowCell)
const glass = { formula: 'SiO2', density: 2.2 } as const
const capillary = await stackOf(
  [
    { role: 'window', name: 'glass', thickness: 50, material: glass },
    { role: 'electrode', electrode: 'working', name: 'film', thickness: 150, material: { formula: 'LiFePO4', density: 2 } },
    { role: 'electrolyte', name: 'core', thickness: 300, material: { formula: 'C3H6O3', density: 1.07 } },
  ],
  { kind: 'capillary', radius: 0.5 },
)

const energy = fc.double({ min: 2000, max: 120000, noNaN: true })
const tilt = fc.double({ min: -85, max: 85, noNaN: true })
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, v) => total + v, 0)

describe('stackTransmission', () => {
  it('loses no photon: absorbed shares and transmission sum to 1 at every energy and tilt', () => {
    fc.assert(
      fc.property(energy, tilt, (e, angle) => {
        const { transmission, layers } = stackTransmission(stack, e, { tilt: angle })
        expectClose(transmission + sum(layers.map(layer => layer.absorbed)), 1, { atol: 1e-12 })
        for (const layer of layers) expectClose(layer.arriving - layer.leaving, layer.absorbed, { atol: 1e-12 })
      }),
    )
  })

  it('does not depend on the order of the layers in what comes through, only in what each takes', async () => {
    const turned = await stackOf([...windowCell].reverse())
    fc.assert(
      fc.property(energy, e => {
        const [one, two] = [stackTransmission(stack, e), stackTransmission(turned, e)]
        expectClose(one.transmission, two.transmission, { rtol: 1e-12 })
      }),
    )
    expect(stackTransmission(stack, 5000).layers[0]!.absorbed).toBeGreaterThan(
      stackTransmission(turned, 5000).layers[5]!.absorbed,
    )
  })

  it('takes the path of a tilted cell, thickness over cosine: 60 degrees count twice', () => {
    fc.assert(
      fc.property(energy, tilt, (e, angle) => {
        const straight = stackTransmission(stack, e).exponent
        const tilted = stackTransmission(stack, e, { tilt: angle })
        expectClose(tilted.exponent, straight / Math.cos((angle * Math.PI) / 180), { rtol: 1e-12 })
        expectClose(tilted.transmission, Math.exp(-tilted.exponent), { rtol: 1e-9 })
      }),
    )
    expectClose(stackTransmission(stack, 20000, { tilt: '60 deg' }).exponent, 2 * stackTransmission(stack, 20000).exponent, {
      rtol: 1e-12,
    })
  })

  it('gives one layer split in two what it gives the whole', async () => {
    const [first, ...rest] = windowCell
    const split = await stackOf([{ ...first!, thickness: 20 }, { ...first!, thickness: 30 }, ...rest])
    expectClose(stackTransmission(split, 8400).transmission, stackTransmission(stack, 8400).transmission, { rtol: 1e-12 })
  })

  it('passes holes with a pencil beam, meets the rim with a wide one, and all of it beside them', async () => {
    const lid = { role: 'spacer', name: 'lid', thickness: 500, material: { formula: 'Fe', density: 7.87 }, hole: 1 } as const
    const holed = await stackOf([lid, ...windowCell])
    const free = stackTransmission(stack, 9000).transmission
    expectClose(stackTransmission(holed, 9000).transmission, free, { rtol: 1e-12 })
    const beside = stackTransmission(holed, 9000, { throughHoles: false })
    expect(beside.transmission).toBeLessThan(1e-20)
    // a round Gaussian: the share within radius r is 1 - exp(-4 ln 2 (r / fwhm)^2)
    for (const fwhm of [300, 1000, 3000]) {
      const wide = stackTransmission(holed, 9000, { beam: [fwhm, fwhm] })
      expectClose(wide.transmission, free * -Math.expm1(-4 * Math.LN2 * (500 / fwhm) ** 2), { rtol: 1e-9 })
      expectClose(wide.transmission + sum(wide.layers.map(layer => layer.absorbed)), 1, { atol: 1e-12 })
    }
    // a slit-like beam: only its height is cut, by the error function
    const { transmission } = stackTransmission(holed, 9000, { beam: [1, 1000] })
    expectClose(transmission / free, 0.7609681085504878, { rtol: 1e-5 }) // erf(sqrt(ln 2))
  })

  it('widens the beam as a tilt narrows the hole', async () => {
    const holed = await stackOf([{ role: 'spacer', thickness: 500, material: { formula: 'Fe', density: 7.87 }, hole: 1 }])
    const tilted = stackTransmission(holed, 9000, { tilt: 60, beam: [500, 1000] })
    expectClose(tilted.transmission, 0.5, { rtol: 1e-9 })
  })

  it('refuses energies outside the table, tilts along the layers, and options of another geometry', () => {
    expect(errorText(() => stackTransmission(stack, 50))).toMatch(/^E_RANGE .*50 eV lies outside the table, 100 to/)
    expect(errorCode(() => stackTransmission(stack, '2 MeV'))).toBe('E_RANGE')
    expect(errorCode(() => stackTransmission(stack, Number.NaN))).toBe('E_NAN')
    expect(errorCode(() => stackTransmission(stack, '8 µm' as '8 keV'))).toBe('E_UNIT')
    expect(errorCode(() => stackTransmission(stack, 8000, { tilt: 90 }))).toBe('E_RANGE')
    expect(errorCode(() => stackTransmission(stack, 8000, { offset: 0.1 }))).toBe('E_ARGUMENT')
    expect(errorCode(() => stackTransmission(capillary, 8000, { tilt: 5 }))).toBe('E_ARGUMENT')
    expect(errorCode(() => stackTransmission(capillary, 8000, { offset: 0.5 }))).toBe('E_RANGE')
    expect(errorCode(() => stackTransmission(capillary, 8000, { beam: [1, 1] }))).toBe('E_ARGUMENT')
    expect(errorCode(() => stackTransmission(stack, 8000, { beam: [0, 1] }))).toBe('E_RANGE')
  })
})

describe('transmissionOver', () => {
  it('gives at each energy what stackTransmission gives, into arrays of the caller', () => {
    const energies = [80000, 5000, 8400, 20000]
    const out = transmissionOver(stack, [1e4, 1e4, 1e4, 1e4])
    const over = transmissionOver(stack, energies, { out, tilt: 20 })
    expect(over.transmission).toBe(out.transmission)
    for (const [k, e] of energies.entries()) {
      const { transmission, layers } = stackTransmission(stack, e, { tilt: 20 })
      expectClose(over.transmission[k]!, transmission, { rtol: 1e-13 })
      for (const [i, layer] of layers.entries()) expectClose(over.absorbed[i * 4 + k]!, layer.absorbed, { rtol: 1e-12 })
    }
    expect(errorCode(() => transmissionOver(stack, [1e4], { out }))).toBe('E_SHAPE')
  })
})

describe('throughSpectrum', () => {
  it('hardens a spectrum, keeps count of photons, and of power', () => {
    const energies = [6000, 9000, 20000, 60000]
    const flux = [1e12, 2e12, 1e12, 1e10]
    const through = throughSpectrum(stack, { energies, flux })
    expectClose(
      through.flux,
      energies.map((e, k) => flux[k]! * stackTransmission(stack, e).transmission),
      { rtol: 1e-12 },
    )
    expect(through.meanEnergyBehind!).toBeGreaterThan(through.meanEnergyBefore)
    expectClose(through.transmission + sum(through.layers.map(layer => layer.absorbed)), 1, { rtol: 1e-12 })
    const watts = energies.reduce((total, e, k) => total + e * flux[k]! * 1.602176634e-19, 0)
    expectClose(through.powerTransmission * watts + sum(through.layers.map(layer => layer.power)), watts, { rtol: 1e-12 })
  })

  it('refuses a flux below 0, and none', () => {
    expect(errorCode(() => throughSpectrum(stack, { energies: [8000], flux: [-1] }))).toBe('E_RANGE')
    expect(errorCode(() => throughSpectrum(stack, { energies: [8000], flux: [0] }))).toBe('E_RANGE')
    expect(errorCode(() => throughSpectrum(stack, { energies: [8000], flux: [1, 2] }))).toBe('E_SHAPE')
  })
})

describe('pathLengths', () => {
  it('are chords of concentric circles in a capillary', () => {
    const chord = (radius: number, x: number): number => 2 * Math.sqrt(Math.max(0, radius * radius - x * x))
    for (const x of [0, 0.1, 0.29, 0.31, 0.46, 0.499]) {
      const [outer, middle, inner] = [chord(0.5, x), chord(0.45, x), chord(0.3, x)]
      expectClose(
        pathLengths(capillary, { offset: x }),
        [outer - middle, middle - inner, inner].map(v => v * 1000),
        {
          rtol: 1e-12,
          atol: 1e-9,
        },
      )
      expectClose(pathLengths(capillary, { offset: -x }), pathLengths(capillary, { offset: x }), { rtol: 1e-15 })
    }
  })

  it('add up to the areas of the layers: the integral over the offset, for a wound cell with hundreds of windings', async () => {
    const wound = await stackOf(
      [
        { role: 'collector', electrode: 'working', thickness: 15, material: { formula: 'Al', density: 2.7 } },
        { role: 'electrode', electrode: 'working', thickness: 120, material: { formula: 'LiCoO2', density: 3.5 } },
        { role: 'collector', electrode: 'counter', thickness: 9, material: { formula: 'Cu', density: 8.96 } },
        { role: 'electrode', electrode: 'counter', thickness: 130, material: { formula: 'C', density: 1.5 } },
      ],
      { kind: 'cylinder', radius: 9, core: 1.5 },
    )
    const total = new Float64Array(4)
    const steps = 20000
    for (let k = 0; k < steps; k++) {
      // x = R sin t evens out the ends
      const t = (Math.PI * (k + 0.5)) / steps - Math.PI / 2
      const paths = pathLengths(wound, { offset: 9 * Math.sin(t) })
      for (let i = 0; i < 4; i++) total[i]! += (paths[i]! / 1000) * 9 * Math.cos(t) * (Math.PI / steps)
    }
    const areas = new Float64Array(4)
    const thickness = [0.015, 0.12, 0.009, 0.13]
    let radius = 9
    for (let k = 0; radius > 1.5; k++) {
      const inner = Math.max(1.5, radius - thickness[k % 4]!)
      areas[k % 4]! += Math.PI * (radius ** 2 - inner ** 2)
      radius = inner
    }
    expectClose(total, areas, { rtol: 2e-4 })
    expectClose(sum(areas), Math.PI * (81 - 2.25), { rtol: 1e-12 })
    expectClose(sum(pathLengths(wound)), 2 * (9 - 1.5) * 1000, { rtol: 1e-12 })
  })
})
