import { createDataset, createUnitCell } from 'operando'
import { createRandom } from 'operando/numeric'
import {
  CALIBRANT_NAMES,
  calibrant,
  calibrantLines,
  createGeometry,
  createIntegrator,
  type Geometry,
  integrate,
  pixelMap,
  refineDistance,
  refineGeometry,
} from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/scattering/geometry.json' with { type: 'json' }

const truth = createGeometry({
  dist: 0.2,
  poni1: 0.041,
  poni2: 0.042,
  rot1: 0.02,
  rot2: -0.03,
  shape: [400, 400],
  pixel1: 2e-4,
  wavelength: 0.4,
})

/** Rings of CeO2 as they would be counted. */
function ringFrame(geometry: Geometry, seed: number): Float64Array {
  const lines = calibrantLines('CeO2', { twoThetaMax: 22, wavelength: 0.4 }).map(
    ({ d }) => (2 * Math.asin(0.2 / d) * 180) / Math.PI,
  )
  const { values } = pixelMap(geometry, 'twoTheta')
  const ideal = Float64Array.from(
    values,
    t => 50 + lines.reduce((sum, at) => sum + 400 * Math.exp(-0.5 * ((t - at) / 0.07) ** 2), 0),
  )
  return createRandom(seed).counts(ideal)
}

describe('calibrants', () => {
  it.each(Object.entries(reference.lines))('have the rings of pyFAI: %s', (name, d) => {
    const ours = calibrantLines(name.split('_')[0]!, { dMin: d.at(-1)! * (1 - 1e-4) })
    // lattices of the same source, to the digits that the peer gives
    expectClose(
      ours.slice(0, d.length).map(line => line.d),
      d,
      { rtol: 3e-5, peer: reference.peer },
    )
  })

  it('say where their cells come from, and may be of your own', () => {
    for (const name of CALIBRANT_NAMES) expect(calibrant(name).source.length).toBeGreaterThan(5)
    expect(errorCode(() => calibrant('cheese'))).toBe('E_MISSING')
    const own = { name: 'W', cell: createUnitCell({ a: 3.1652 }), spaceGroup: 'I m -3 m', source: 'own' }
    expectClose(
      calibrantLines(own, { dMin: 1.5 }).map(line => line.d),
      [3.1652 / Math.SQRT2, 3.1652 / 2],
      { rtol: 1e-12 },
    )
  })

  it('count planes of one spacing together, and leave out what atoms cancel', () => {
    const silicon = calibrantLines('Si', { dMin: 1 })
    expect(silicon.map(line => line.hkl.join(''))).not.toContain('222')
    expect(silicon.find(line => line.hkl.join('') === '511' || line.hkl.join('') === '333')!.multiplicity).toBe(32)
    expect(calibrantLines('AgBh', { dMin: 10 }).map(line => line.d)).toEqual([1, 2, 3, 4, 5].map(l => 58.38 / l))
  })
})

describe('refineGeometry', () => {
  const names = ['dist', 'poni1', 'poni2', 'rot1', 'rot2'] as const

  it('finds the geometry of a counted frame from a start some pixels off, and its errors hold', () => {
    let squares = 0
    for (const seed of [1, 2, 3]) {
      const start = createGeometry({ ...truth, dist: 0.201, poni1: 0.0413, poni2: 0.0417, rot1: 0.019, rot2: -0.0315 })
      const frame = ringFrame(truth, seed)
      const before = frame.slice()
      const { geometry, fit, points, rings, rms } = refineGeometry(frame, start, 'CeO2', { sectors: 36 })
      expect(frame).toEqual(before)
      expect(fit.converged).toBe(true)
      expect(rings.length).toBeGreaterThan(4)
      expect(points.length).toBeGreaterThan(80)
      expect(rms).toBeLessThan(2e-3)
      for (const name of names) {
        const pull = (geometry[name] - truth[name]) / fit.parameters[name]!.standardError!
        expect(Math.abs(pull)).toBeLessThan(4)
        squares += pull * pull
      }
      expect(Math.abs(geometry.dist / truth.dist - 1)).toBeLessThan(2e-5)
    }
    // fifteen pulls, five by five correlated
    expect(squares / 15).toBeLessThan(3)
    expect(squares / 15).toBeGreaterThan(0.1)
  })

  it('takes frames that are stored upside down, and masks', () => {
    const up = createGeometry({ ...truth, orientation: 2 })
    const frame = ringFrame(up, 4)
    const mask = Uint8Array.from(frame, (_, i) => (i % 400 > 190 && i % 400 < 200 ? 1 : 0))
    for (let i = 0; i < frame.length; i++) if (mask[i]) frame[i] = 1e6
    const data = createDataset({ name: 'I', dims: ['y', 'x'], shape: [400, 400], values: frame, unit: 'counts', mask })
    const { geometry } = refineGeometry(data, createGeometry({ ...up, dist: 0.2005 }), 'CeO2', { sectors: 24 })
    expectClose(geometry.dist, truth.dist, { rtol: 3e-5 })
  })

  it('tells of a start that is off by a ring, of the wrong calibrant and of foreign rings, and is silent where all is well', () => {
    const frame = ringFrame(truth, 5)
    const codes = (start: Geometry, of: string, data = frame): string[] =>
      refineGeometry(data, start, of, { sectors: 24, rounds: 3 }).warnings.map(({ code }) => code)
    expect(codes(createGeometry({ ...truth, dist: 0.2005 }), 'CeO2')).toEqual([])
    for (const factor of [0.86, 1.155])
      expect(codes(createGeometry({ ...truth, dist: factor * truth.dist }), 'CeO2').length).toBeGreaterThan(0)
    expect(codes(truth, 'LaB6').length).toBeGreaterThan(0)
    const ring = pixelMap(truth, 'twoTheta').values.map(t => 300 * Math.exp(-0.5 * ((t - 10.6) / 0.07) ** 2))
    expect(
      codes(
        truth,
        'CeO2',
        frame.map((v, i) => v + ring[i]!),
      ),
    ).toEqual(['W_RINGS_FOREIGN'])
  })

  it('refuses what it cannot work on', () => {
    const frame = new Float64Array(160000).fill(5)
    expect(errorCode(() => refineGeometry(frame, truth, 'CeO2', { sectors: 12 }))).toBe('E_SINGULAR')
    expect(errorCode(() => refineGeometry(frame, createGeometry({ ...truth, wavelength: undefined }), 'CeO2'))).toBe('E_MISSING')
    expect(errorCode(() => refineGeometry(frame, truth, 'CeO2', { vary: ['rot3'] }))).toBe('E_ARGUMENT')
    expect(errorCode(() => refineGeometry(frame.slice(1), truth, 'CeO2'))).toBe('E_SHAPE')
  })
})

describe('refineDistance', () => {
  const upright = createGeometry({ ...truth, rot1: 0, rot2: 0 })
  const values = ringFrame(upright, 9)
  const frame = createDataset({ name: 'I', dims: ['y', 'x'], shape: [400, 400], values, unit: 'counts' })

  it.each(['twoTheta', 'q'] as const)('finds the distance, or the wavelength, from a pattern over %s alone', axis => {
    const wrong = createGeometry({ ...upright, dist: 0.2012 })
    const pattern = integrate(frame, createIntegrator(wrong, { axis, bins: 800, split: 'none' }))
    const { geometry, fit, lines, rms } = refineDistance(pattern, wrong, 'CeO2')
    expect(lines.length).toBeGreaterThan(4)
    expect(rms).toBeLessThan(2e-3)
    expectClose(geometry.dist, 0.2, { rtol: 5e-5 })
    expect(Math.abs(geometry.dist - 0.2)).toBeLessThan(4 * fit.parameters.dist!.standardError!)
    expect([geometry.poni1, geometry.poni2]).toEqual([upright.poni1, upright.poni2])
    // with the distance right and the wavelength wrong
    const other = createGeometry({ ...upright, wavelength: 0.402 })
    const same = integrate(frame, createIntegrator(other, { axis, bins: 800, split: 'none' }))
    const found = refineDistance(same, other, 'CeO2', { vary: 'wavelength' })
    expectClose(found.geometry.wavelength!, 0.4, { rtol: 5e-5 })
  })

  it('leaves the spot of the beam where it is', () => {
    const start = createGeometry({ ...truth, rot3: 0.4, dist: 0.2005 })
    const pattern = integrate(
      frame,
      createIntegrator(createGeometry({ ...upright, dist: 0.2005 }), { axis: 'twoTheta', bins: 800 }),
    )
    const { geometry } = refineDistance(pattern, start, 'CeO2')
    const spot = ({ dist, poni1, poni2, rot1, rot2 }: Geometry) => [
      poni1 + (dist * Math.tan(rot2)) / Math.cos(rot1),
      poni2 - dist * Math.tan(rot1),
    ]
    expect(geometry.dist).not.toBe(start.dist)
    expectClose(spot(geometry), spot(start), { rtol: 1e-12 })
    expectClose([geometry.rot1, geometry.rot2, geometry.rot3], [start.rot1, start.rot2, 0.4], { rtol: 1e-12 })
  })

  it('refuses a pattern without lines, without wavelength, on another axis', () => {
    const plan = createIntegrator(upright, { axis: 'twoTheta', bins: 800 })
    const empty = integrate(createDataset({ ...frame, values: createRandom(2).counts(new Float64Array(160000).fill(30)) }), plan)
    expect(errorCode(() => refineDistance(empty, upright, 'CeO2', { minSnr: 6 }))).toBe('E_SINGULAR')
    const pattern = integrate(frame, plan)
    expect(errorCode(() => refineDistance(pattern, createGeometry({ ...upright, wavelength: undefined }), 'CeO2'))).toBe(
      'E_MISSING',
    )
    const radius = integrate(frame, createIntegrator(upright, { axis: 'r', bins: 800 }))
    expect(errorCode(() => refineDistance(radius, upright, 'CeO2'))).toBe('E_AXIS')
  })
})
