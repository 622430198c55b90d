import fc from 'fast-check'
import { createGeometry, type DawnGeometry, fromDawn, pixelMap, toDawn } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

type Vector = [number, number, number]

/** The laboratory of DAWN: z along the beam, y up; a frame is seen from the source, its rows run along -x, its columns along -y. Yaw turns about -y, pitch about x, roll about -z. */
function place({ distance, beamX, beamY, yaw, pitch, roll }: DawnGeometry, pixel: number, row: number, column: number): Vector {
  const turn = (v: Vector, axis: 0 | 1 | 2, degrees: number): Vector => {
    const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
    const [a, b] = [(axis + 1) % 3, (axis + 2) % 3]
    const out: Vector = [...v]
    out[a] = c * v[a]! - s * v[b]!
    out[b] = s * v[a]! + c * v[b]!
    return out
  }
  const flat: Vector = [-pixel * (column - beamX), -pixel * (row - beamY), 0]
  const [x, y, z] = turn(turn(turn(flat, 2, -roll), 0, pitch), 1, -yaw)
  return [x, y, z + distance]
}

const plate = createGeometry({ dist: 1, poni1: 0, poni2: 0, shape: [5, 7], pixel1: 2e-3, wavelength: 0.4 })
const angle = fc.double({ min: -40, max: 40, noNaN: true })
const numbers = fc.record({
  distance: fc.double({ min: 50, max: 2000, noNaN: true }),
  beamX: fc.double({ min: -3, max: 9, noNaN: true }),
  beamY: fc.double({ min: -3, max: 9, noNaN: true }),
  yaw: angle,
  pitch: angle,
  roll: fc.double({ min: -170, max: 170, noNaN: true }),
})

describe('the convention of DAWN', () => {
  it('puts every pixel where its three turns put it, in scattering angle and azimuth', () => {
    fc.assert(
      fc.property(numbers, given => {
        const geometry = fromDawn(given, plate)
        const corners = Array.from({ length: 48 }, (_, i) => place(given, 2, Math.floor(i / 8), i % 8))
        const at = (quantity: 'twoTheta' | 'chi') => Array.from(pixelMap(geometry, quantity, { at: 'corner' }).values)
        const twoTheta = at('twoTheta')
        expectClose(
          twoTheta,
          corners.map(([x, y, z]) => (Math.atan2(Math.hypot(x, y), z) * 180) / Math.PI),
          { atol: 1e-6 },
        )
        const chi = at('chi')
        corners.forEach(([x, y], i) => {
          // no azimuth in the beam itself
          if (twoTheta[i]! < 1e-3) return
          const wanted = Math.atan2(-y, -x)
          expect(Math.cos((chi[i]! * Math.PI) / 180 - wanted)).toBeGreaterThan(1 - 1e-12)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('comes back from a geometry as it went in', () => {
    fc.assert(
      fc.property(numbers, given => {
        const back = toDawn(fromDawn(given, plate))
        for (const key of Object.keys(given) as (keyof DawnGeometry)[])
          expectClose(back[key], given[key], { rtol: 1e-9, atol: 1e-9 })
      }),
      { numRuns: 60 },
    )
  })

  it('is refused where there is no beam centre', () => {
    expect(errorCode(() => toDawn({ ...plate, rot1: 2 }))).toBe('E_RANGE')
    const given = { distance: 100, beamX: 1, beamY: 1, yaw: 0, pitch: 0, roll: 0 }
    expect(errorCode(() => fromDawn({ ...given, yaw: 100 }, plate))).toBe('E_RANGE')
    expect(errorCode(() => fromDawn({ ...given, distance: Number.NaN }, plate))).toBe('E_RANGE')
  })
})
