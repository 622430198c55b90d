import fc from 'fast-check'
import { depthProfile, framesByPlace, gridMap, rasterGrid } from 'operando/cell'
import { describe, expect, it } from 'vitest'
import { errorCode, errorText } from '../errorCode.js'
import { expectClose } from '../matchers.js'

describe('rasterGrid', () => {
  it('lies about the centre, turns at the end of each row, and stays on the electrode', () => {
    const { x, y, columns, rows } = rasterGrid({ centre: ['5 mm', 1], size: [2, 1], step: ['1000 µm', 1] })
    expect([...columns]).toEqual([4, 5, 6])
    expect([...rows]).toEqual([0.5, 1.5])
    expect([...x]).toEqual([4, 5, 6, 6, 5, 4])
    expect([...y]).toEqual([0.5, 0.5, 0.5, 1.5, 1.5, 1.5])
    expect([...rasterGrid({ size: [2, 1], step: [1, 1], order: 'rows' }).x]).toEqual([-1, 0, 1, -1, 0, 1])
    const round = rasterGrid({ size: [14, 14], step: [0.25, 0.25], shape: 'round' })
    for (let i = 0; i < round.x.length; i++) expect(Math.hypot(round.x[i]!, round.y[i]!)).toBeLessThanOrEqual(7 + 1e-9)
    expectClose(round.x.length * 0.0625, Math.PI * 49, { rtol: 0.02 })
  })

  it('refuses steps of nothing, and millions of points by a mistaken unit', () => {
    expect(errorCode(() => rasterGrid({ size: [1, 1], step: [0, 1] }))).toBe('E_RANGE')
    expect(errorText(() => rasterGrid({ size: [14, 14], step: ['1 µm', '1 µm'] }))).toMatch(/^E_LIMIT .*in one unit/)
  })
})

describe('gridMap', () => {
  const grid = rasterGrid({ size: [4, 3], step: [1, 1] })
  it('puts what was measured where it was measured, jitter or not, whatever the order', () => {
    const truth = (x: number, y: number): number => 10 * x + y
    const jitter = grid.x.map((_, i) => 0.3 * Math.sin(i * 12.9898))
    const values = grid.x.map((x, i) => truth(x, grid.y[i]!))
    const map = gridMap({ ...grid, x: grid.x.map((x, i) => x + jitter[i]!), values, name: 'V', unit: 'V' })
    expect(map).toMatchObject({ name: 'V', dims: ['y', 'x'], shape: [4, 5], warnings: [] })
    for (const [j, y] of grid.rows.entries())
      for (const [i, x] of grid.columns.entries()) expectClose(map.values[j * 5 + i]!, truth(x, y), { atol: 1e-12 })
  })

  it('averages repeats, masks what is missing, and tells of points beside the grid', () => {
    const map = gridMap({
      x: [-2, -2, 0, 9],
      y: [-1.5, -1.5, 0.5, 0],
      values: [1, 3, Number.NaN, 7],
      columns: grid.columns,
      rows: grid.rows,
    })
    expect(map.values[0]).toBe(2)
    expect([...map.mask!].filter(m => m === 0)).toHaveLength(1)
    expect(map.warnings.map(w => w.code)).toEqual(['W_OFF_GRID'])
    expect(errorCode(() => gridMap({ ...grid, x: [90], y: [90], values: [1] }))).toBe('E_RANGE')
    expect(errorCode(() => gridMap({ ...grid, x: [0], y: [0], values: [1], rows: [0, 1, 3] }))).toBe('E_AXIS')
    expect(errorCode(() => gridMap({ ...grid, x: [0, 1], y: [0], values: [1] }))).toBe('E_SHAPE')
  })
})

describe('framesByPlace', () => {
  // three cells measured in turn, one frame missed in two rounds
  const cells = 'ABCABCACABCABCABCABC'.split('')
  const places = ['A', 'B', 'C'].map((name, i) => ({ name, position: [30 * i, 0] as const }))

  it('finds the frames of each cell of an interleaved run although frames are missing', () => {
    const x = cells.map((cell, i) => 30 * 'ABC'.indexOf(cell) + 0.01 * Math.sin(i))
    const { places: found, elsewhere } = framesByPlace(places, { x })
    for (const [i, name] of ['A', 'B', 'C'].entries())
      expect(found[i]).toEqual({ name, frames: cells.flatMap((cell, k) => (cell === name ? [k] : [])) })
    expect(elsewhere).toEqual([])
  })

  it('loses no frame and gives none to two places', () => {
    const position = fc.double({ min: -20, max: 90, noNaN: true })
    fc.assert(
      fc.property(fc.array(position), fc.double({ min: 0.1, max: 40, noNaN: true }), (x, tolerance) => {
        const { places: found, elsewhere } = framesByPlace(places, { x, tolerance })
        const all = [...found.flatMap(place => place.frames), ...elsewhere].sort((a, b) => a - b)
        expect(all).toEqual(x.map((_, i) => i))
      }),
    )
  })

  it('refuses no places, two at one position, and positions that were not recorded', () => {
    expect(errorCode(() => framesByPlace([], { x: [0] }))).toBe('E_ARGUMENT')
    expect(errorCode(() => framesByPlace([places[0]!, { ...places[1]!, position: [0, 0] }], { x: [0] }))).toBe('E_ARGUMENT')
    expect(errorCode(() => framesByPlace(places, { x: [0, Number.NaN] }))).toBe('E_NAN')
    expect(errorCode(() => framesByPlace(places, { x: [0], tolerance: 0 }))).toBe('E_RANGE')
  })
})

describe('depthProfile', () => {
  const thicknesses = [20, 80, 25]
  it('sees one layer in its middle, two halves at an interface, and all of the beam within a thick cell', () => {
    const { shares, resolution } = depthProfile({ thicknesses, depths: [60, 20], beam: 2, length: 10 })
    expectClose(shares, [0, 1, 0, 0.5, 0.5, 0], { atol: 1e-9 })
    expectClose(resolution, 2, { rtol: 1e-12 })
  })

  it('is the numerical mean over beam and length, misaligned or not', () => {
    const [beam, length, misalignment] = [8, 10, 0.1]
    const sigma = beam / 2.3548200450309493
    const smear = length * 1000 * Math.tan((misalignment * Math.PI) / 180)
    for (const depth of [5, 25, 90]) {
      const { shares } = depthProfile({ thicknesses, depths: [depth], beam, length, misalignment })
      const sums = [0, 0, 0]
      const [m, n] = [2000, 400]
      for (let i = 0; i < m; i++)
        for (let k = 0; k < n; k++) {
          const t = -6 + (12 * (k + 0.5)) / n
          const at = depth + sigma * t + smear * ((i + 0.5) / m - 0.5)
          const layer = at < 0 ? -1 : at < 20 ? 0 : at < 100 ? 1 : at < 125 ? 2 : -1
          if (layer >= 0) sums[layer]! += ((Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI)) * (12 / n)) / m
        }
      expectClose(shares, sums, { atol: 2e-3 })
    }
    expectClose(smear, 17.453, { rtol: 1e-4 })
  })

  it('passes without a step from a beam along the layers to one a little askew', () => {
    const at = (misalignment: number): Float64Array =>
      depthProfile({ thicknesses, depths: [21, 97], beam: 5, length: 5, misalignment }).shares
    // smears of 1e-8, 0.9e-3 and 1.1e-3 standard deviations
    for (const misalignment of [2.4e-10, 2.19e-5, 2.68e-5]) expectClose(at(misalignment), at(0), { atol: 1e-7 })
  })

  it('never sees more than the whole beam', () => {
    const finite = fc.double({ min: -200, max: 300, noNaN: true })
    fc.assert(
      fc.property(finite, fc.double({ min: 0, max: 2, noNaN: true }), (depth, misalignment) => {
        const { shares } = depthProfile({ thicknesses, depths: [depth], beam: 5, length: 5, misalignment })
        const total = shares.reduce((sum, s) => sum + s, 0)
        expect(total).toBeLessThanOrEqual(1 + 1e-9)
        for (const share of shares) expect(share).toBeGreaterThanOrEqual(-1e-9)
      }),
    )
    expect(errorCode(() => depthProfile({ thicknesses: [0], depths: [0], beam: 1, length: 1 }))).toBe('E_RANGE')
    expect(errorCode(() => depthProfile({ thicknesses, depths: [0], beam: 1, length: 1, misalignment: 50 }))).toBe('E_RANGE')
  })
})
