import { createDataset } from 'operando'
import { createRandom } from 'operando/numeric'
import { createGeometry, createSpotFinder, indexSpots, trackSpots } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../errorCode.js'
import { expectClose } from '../matchers.js'

const wavelength = 0.2
const [SIZE, PIXEL, DIST] = [180, 2e-4, 0.12]
const CENTRE = 0.02
const geometry = createGeometry({ dist: DIST, poni1: CENTRE, poni2: CENTRE, shape: [SIZE, SIZE], pixel1: PIXEL, wavelength })

/** Where a plane of spacing d and azimuth chi diffracts to on an upright detector: written out here. */
const placeOf = (d: number, chi: number): [row: number, column: number] => {
  const r = DIST * Math.tan(2 * Math.asin(wavelength / 2 / d))
  const a = (chi * Math.PI) / 180
  return [(CENTRE + r * Math.sin(a)) / PIXEL, (CENTRE + r * Math.cos(a)) / PIXEL]
}
interface Grain {
  d: number
  chi: number
  counts: number
}
const RING = 2.5

/** A frame: a smooth powder ring on a background, and spots of some pixels on it. */
function frameOf(grains: readonly Grain[], seed: number) {
  const values = new Float64Array(SIZE * SIZE)
  const radius = (DIST * Math.tan(2 * Math.asin(wavelength / 2 / RING))) / PIXEL
  for (let i = 0; i < SIZE; i++)
    for (let j = 0; j < SIZE; j++) {
      const r = Math.hypot(i + 0.5 - CENTRE / PIXEL, j + 0.5 - CENTRE / PIXEL)
      values[i * SIZE + j] = 15 + 300 * Math.exp(-0.5 * ((r - radius) / 2) ** 2)
    }
  for (const { d, chi, counts } of grains) {
    const [row, column] = placeOf(d, chi)
    for (let i = Math.max(0, Math.floor(row) - 6); i < Math.min(SIZE, row + 6); i++)
      for (let j = Math.max(0, Math.floor(column) - 6); j < Math.min(SIZE, column + 6); j++)
        values[i * SIZE + j]! += (counts / (2 * Math.PI)) * Math.exp(-0.5 * ((i + 0.5 - row) ** 2 + (j + 0.5 - column) ** 2))
  }
  return createDataset({
    name: 'I',
    dims: ['y', 'x'],
    shape: [SIZE, SIZE],
    values: createRandom(seed).counts(values),
    unit: 'counts',
  })
}
const GRAINS: Grain[] = [
  { d: RING, chi: 40, counts: 6000 },
  { d: RING * 1.004, chi: -100, counts: 4000 },
  { d: 1.8, chi: 171, counts: 800 },
]

describe('createSpotFinder', () => {
  const finder = createSpotFinder(geometry)

  it('finds spots on and beside a powder ring, where they are, and no other', () => {
    const spots = finder.find(frameOf(GRAINS, 1))
    expect(spots.length).toBe(3)
    for (const [k, { d, chi, counts }] of GRAINS.entries()) {
      const [row, column] = placeOf(d, chi)
      const spot = spots[k]!
      expectClose([spot.row, spot.column], [row, column], { atol: 0.12 })
      expectClose(spot.q, (2 * Math.PI) / d, { rtol: 2e-3 })
      expectClose(spot.chi, chi, { atol: 0.2 })
      // what lies below the growing threshold is missing: some percent of a weak spot
      expectClose(spot.intensity, counts, { rtol: 0.1, atol: 4 * spot.sigma })
      expect(spot.cut || spot.saturated).toBe(false)
    }
  })

  it('finds nothing on frames without grains', () => {
    for (let seed = 0; seed < 6; seed++) expect(finder.find(frameOf([], 40 + seed))).toEqual([])
  })

  it('leaves out masked, negative and lone hot pixels, and says what is cut or saturated', () => {
    const frame = frameOf([...GRAINS, { d: 3.05, chi: 90, counts: 5000 }], 3)
    const values = Float64Array.from(frame.values)
    values[30 * SIZE + 60] = 5e4
    for (let j = 0; j < SIZE; j++) values[5 * SIZE + j] = -1
    const [row, column] = placeOf(1.8, 171).map(Math.floor) as [number, number]
    const mask = new Uint8Array(SIZE * SIZE)
    for (let i = 0; i < SIZE; i++) mask[i * SIZE + column + 1] = 1
    const found = createSpotFinder(geometry, { mask, saturation: 900 }).find(createDataset({ ...frame, values }))
    const near = (r: number, c: number) => found.find(spot => Math.hypot(spot.row - r, spot.column - c) < 2)
    expect(near(30.5, 60.5)).toBeUndefined()
    expect(near(row, column)?.cut).toBe(true)
    expect(near(...placeOf(RING, 40))?.saturated).toBe(true)
  })

  it('refuses frames and masks of other shapes', () => {
    const small = createDataset({ name: 'I', dims: ['y', 'x'], shape: [2, 2], values: new Float64Array(4), unit: '' })
    expect(errorCode(() => finder.find(small))).toBe('E_SHAPE')
    expect(errorCode(() => createSpotFinder(geometry, { mask: [0] }))).toBe('E_SHAPE')
    expect(errorCode(() => createSpotFinder(geometry, { threshold: 1, grow: 2 }))).toBe('E_RANGE')
  })
})

describe('grains through a series', () => {
  it('are indexed, and followed while they strain and turn, vanish and come', () => {
    const finder = createSpotFinder(geometry)
    const phases = [
      {
        name: 'LFP',
        lines: [
          { hkl: [0, 2, 0] as const, d: RING },
          { hkl: [3, 1, 1] as const, d: 1.8 },
        ],
      },
    ]
    const series = Array.from({ length: 8 }, (_, k) =>
      indexSpots(
        finder.find(
          frameOf(
            [
              { d: RING * (1 + 0.001 * k), chi: 40 + 0.4 * k, counts: 20_000 },
              ...(k < 5 ? [{ d: 1.8, chi: 179.4 + 0.4 * k, counts: 3000 }] : []),
              ...(k !== 3 ? [{ d: RING, chi: -60, counts: 5000 }] : []),
              ...(k > 3 ? [{ d: 2, chi: 10, counts: 2500 }] : []),
            ],
            60 + k,
          ),
        ),
        phases,
      ),
    )
    const tracks = trackSpots(series, { radial: 0.004 })
    expect(tracks.length).toBe(4)
    const [strained, still, gone, born] = tracks as [
      (typeof tracks)[0],
      (typeof tracks)[0],
      (typeof tracks)[0],
      (typeof tracks)[0],
    ]
    expect(strained.frames.length).toBe(8)
    // a pixel is 0.02 of its radius, a centre of mass good to some hundredths of a pixel
    expectClose(strained.strain, 0.007, { atol: 1.6e-3 })
    expectClose(strained.rotation, 2.8, { atol: 0.15 })
    expect(strained.spots[0]!.hkl).toEqual([0, 2, 0])
    // missed in one frame, and still the same
    expect(still.frames).toEqual([0, 1, 2, 4, 5, 6, 7])
    // over the cut of the azimuth at 180 degrees
    expect(gone.frames).toEqual([0, 1, 2, 3, 4])
    expectClose(gone.rotation, 1.6, { atol: 0.15 })
    expect([gone.vanishes, gone.appears, born.appears]).toEqual([true, false, true])
    expect(born.spots[0]!.phase).toBeNull()
  })

  it('refuse what has no q or is no series', () => {
    const plain = createSpotFinder(
      createGeometry({ dist: DIST, poni1: CENTRE, poni2: CENTRE, shape: [SIZE, SIZE], pixel1: PIXEL }),
    ).find(frameOf(GRAINS, 1))
    expect(errorCode(() => indexSpots(plain, [{ name: 'x', lines: [] }]))).toBe('E_ARGUMENT')
    expect(trackSpots([plain, plain, plain]).length).toBe(3)
    expect(errorCode(() => trackSpots([1] as never))).toBe('E_ARGUMENT')
    expect(errorCode(() => trackSpots([], { radial: 0 }))).toBe('E_RANGE')
  })
})
