import fc from 'fast-check'
import {
  createGeometry,
  DETECTOR_NAMES,
  detector,
  detectorMask,
  fromFit2d,
  fromGsas2,
  pixelMap,
  toFit2d,
  toGsas2,
} from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode, errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/scattering/geometry.json' with { type: 'json' }

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const { pixel1, pixel2, peer } = reference
const plate = createGeometry({ dist: 1, poni1: 0, poni2: 0, shape: [100, 100], pixel1, pixel2, wavelength: 1 })

describe('detectors by name', () => {
  // pyFAI writes some names otherwise
  const ours = (name: string) =>
    ({ 'Eiger2 1M-W': 'Eiger2 1MW', 'Eiger2 2M-W': 'Eiger2 2MW', ApexII: 'Apex II' })[name] ?? name.replace('LX255', 'LX255-HS')

  it.each(reference.detectors)('$name has the shape, the pixels and the gaps that pyFAI knows', entry => {
    const found = detector(ours(entry.name))
    expect(found.shape).toEqual(entry.shape)
    expectClose([found.pixel1, found.pixel2], entry.pixel, { rtol: 1e-12, peer })
    // (round plates have no modules)
    if (found.module) expect(detectorMask(found).reduce((sum, m) => sum + m, 0)).toBe(entry.masked)
  })

  it('are found whatever the sensor and the spelling', () => {
    for (const name of ['pilatus1m', 'Pilatus CdTe 1M', 'PILATUS3 X 1M', 'Pilatus_1M'])
      expect(detector(name).name).toBe('Pilatus 1M')
    expect(detector('EIGER2 X CdTe 4M'.replace(' X', '')).shape).toEqual([2162, 2068])
    expect(errorCode(() => detector('Pilatus 17M'))).toBe('E_MISSING')
    expect(errorText(() => detector('Pilatus 17M'))).toContain('Give shape')
    for (const name of DETECTOR_NAMES) expect(detector(name).name).toBe(name)
  })
})

describe('conventions', () => {
  it.each(reference.fit2d)('are those of pyFAI for Fit2D, there and back', ({ geometry, fit2d }) => {
    const given = createGeometry({ ...plate, ...geometry })
    const found = toFit2d(given)
    const names = ['directDist', 'centerX', 'centerY', 'tilt', 'tiltPlanRotation'] as const
    expectClose(
      names.map(n => found[n]),
      names.map(n => fit2d[n]),
      { rtol: 1e-9, atol: 1e-9, peer },
    )
    const back = fromFit2d(found, plate)
    const own = ['dist', 'poni1', 'poni2', 'rot1', 'rot2'] as const
    expectClose(
      own.map(n => back[n]),
      own.map(n => given[n]),
      { rtol: 1e-11, atol: 1e-12 },
    )
  })

  it('give the scattering angles of the formula of GSAS-II, and come back', () => {
    fc.assert(
      fc.property(
        fc.tuple(real(0.05, 1), real(-0.1, 0.1), real(-0.1, 0.1), real(-0.5, 0.5), real(-0.5, 0.5)),
        ([dist, poni1, poni2, rot1, rot2]) => {
          const geometry = createGeometry({ dist, poni1, poni2, rot1, rot2, shape: [3, 4], pixel1: 0.01, pixel2: 0.02 })
          const { distance, center, tilt, rotation } = toGsas2(geometry)
          const [sin, cos] = [Math.sin((tilt * Math.PI) / 180), Math.cos((tilt * Math.PI) / 180)]
          const phi = (rotation * Math.PI) / 180
          const want = Float64Array.from({ length: 12 }, (_, k) => {
            const dx = 20 * ((k % 4) + 0.5) - center[0]
            const dy = 10 * (Math.floor(k / 4) + 0.5) - center[1]
            const z = sin * (dx * Math.sin(phi) - dy * Math.cos(phi))
            return (Math.atan2(Math.sqrt(Math.max(0, dx * dx + dy * dy - z * z)), distance / cos - z) * 180) / Math.PI
          })
          expectClose(pixelMap(geometry, 'twoTheta').values, want, { rtol: 1e-7, atol: 1e-6 })
          const back = fromGsas2({ distance, center, tilt, rotation }, geometry)
          expectClose([back.dist, back.poni1, back.poni2, back.rot1, back.rot2], [dist, poni1, poni2, rot1, rot2], {
            rtol: 1e-9,
            atol: 1e-9,
          })
        },
      ),
    )
  })

  it('refuse a detector that the beam does not meet', () => {
    expect(errorCode(() => toFit2d(createGeometry({ ...plate, rot1: 2 })))).toBe('E_RANGE')
    expect(errorCode(() => fromFit2d({ directDist: 100, centerX: 0, centerY: 0, tilt: 95, tiltPlanRotation: 0 }, plate))).toBe(
      'E_RANGE',
    )
  })
})

describe('createGeometry', () => {
  it('takes units, and guesses none', () => {
    const geometry = createGeometry({
      dist: '200 mm',
      poni1: '1 cm',
      poni2: 0.01,
      rot1: '1 deg',
      detector: 'Eiger2 4M',
      energy: '12.398419843320025 keV',
    })
    expectClose([geometry.dist, geometry.poni1, geometry.rot1, geometry.wavelength!], [0.2, 0.01, Math.PI / 180, 1], {
      rtol: 1e-12,
    })
    expect(createGeometry({ dist: 1, poni1: 0, poni2: 0, detector: 'Pilatus 1M', orientation: 6 }).shape).toEqual([981, 1043])
  })

  it('refuses what can be no geometry, and says which unit was meant', () => {
    const good = { dist: 0.1, poni1: 0, poni2: 0, shape: [10, 10] as const, pixel1: 1e-4 }
    const cases = [
      [{ ...good, dist: 0 }, 'metres'],
      [{ ...good, rot1: 45 }, 'radians'],
      [{ ...good, wavelength: 4e-11 }, 'metres'],
      [{ ...good, pixel1: 172 }, 'µm'],
      [{ ...good, shape: [0, 10] as const }, 'rows and columns'],
      [{ ...good, orientation: 9 as 8 }, '1 to 8'],
    ] as const
    for (const [input, way] of cases) {
      expect(errorCode(() => createGeometry(input))).toBe('E_RANGE')
      expect(errorText(() => createGeometry(input))).toContain(way)
    }
    expect(errorCode(() => createGeometry({ dist: 1, poni1: 0, poni2: 0 }))).toBe('E_MISSING')
    expect(errorCode(() => createGeometry({ ...good, wavelength: 1, energy: 8000 }))).toBe('E_ARGUMENT')
    expect(errorCode(() => createGeometry({ ...good, poni1: Number.NaN }))).toBe('E_NAN')
  })
})

describe('pixelMap', () => {
  it('has at a corner what the four pixels around it have between them', () => {
    const geometry = createGeometry({
      dist: 0.1,
      poni1: -0.01,
      poni2: 0.003,
      rot1: 0.3,
      rot2: 0.1,
      shape: [20, 30],
      pixel1: 1e-5,
      wavelength: 0.7,
    })
    for (const quantity of ['q', 'twoTheta', 'd', 'r', 'chi'] as const) {
      const centre = pixelMap(geometry, quantity).values
      const corner = pixelMap(geometry, quantity, { at: 'corner' })
      expect(corner.shape).toEqual([21, 31])
      const mean = (centre[0]! + centre[1]! + centre[30]! + centre[31]!) / 4
      expectClose(corner.values[32]!, mean, { rtol: 1e-5 })
    }
    expect(errorCode(() => pixelMap(geometry, 'solidAngle', { at: 'corner' }))).toBe('E_ARGUMENT')
  })

  it('keeps q and twoTheta at one, and q exact next to the beam', () => {
    const geometry = createGeometry({ dist: 5, poni1: 1e-7, poni2: 0, shape: [40, 1], pixel1: 1e-6, wavelength: 1 })
    const q = pixelMap(geometry, 'q').values
    const angle = pixelMap(geometry, 'twoTheta').values
    expectClose(
      q,
      Array.from(angle, t => 4 * Math.PI * Math.sin((t * Math.PI) / 360)),
      { rtol: 1e-12 },
    )
  })
})
