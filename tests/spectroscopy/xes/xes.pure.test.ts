import { createDataset } from 'operando'
import { createRandom } from 'operando/numeric'
import {
  cutPlane,
  emissionMoments,
  extractRaman,
  integratePlane,
  momentumTransfer,
  normalizeEmission,
  rixsToTransfer,
  spinState,
} from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorCode, errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const x = Float64Array.from({ length: 321 }, (_, i) => 6470 + 0.125 * i)
const gaussian = (at: number, sigma: number): Float64Array => x.map(e => Math.exp(-0.5 * ((e - at) / sigma) ** 2))

describe('moments of an emission line', () => {
  it('of a Gaussian are its centre, its width and no skewness', () => {
    const found = emissionMoments(x, gaussian(6490, 1.5))
    expectClose([found.mean, found.deviation, found.area], [6490, 1.5, 1.5 * Math.sqrt(2 * Math.PI)], { rtol: 1e-9 })
    expectClose(found.skewness, 0, { atol: 1e-9 })
  })
  it('are refused without area or without points', () => {
    expect(
      errorCode(() =>
        emissionMoments(
          x,
          x.map(() => -1),
        ),
      ),
    ).toBe('E_RANGE')
    expect(errorCode(() => emissionMoments(x, gaussian(6490, 1), [7000, 7100]))).toBe('E_RANGE')
  })
  it('stand on unit area after a sloping background is subtracted', () => {
    const sloping = gaussian(6490, 1.5).map((v, i) => 300 * v + 20 + 0.1 * i)
    const { energy, intensity } = normalizeEmission(x, sloping, { background: 'line' })
    expectClose(emissionMoments(energy, intensity).area, 1, { rtol: 1e-12 })
    expectClose(emissionMoments(energy, intensity).mean, 6490, { atol: 1e-3 })
  })
})

it('a spin between references that something else disturbs is told', () => {
  const [low, high] = [gaussian(6490, 1.4), gaussian(6491.3, 1.6)]
  const third = gaussian(6494, 1.5)
  const found = spinState(
    x,
    low.map((v, i) => 0.5 * v + 0.5 * third[i]!),
    { intensity: low, spin: 0 },
    { intensity: high, spin: 2 },
  )
  expect(found.warnings[0]!.code).toBe('W_INCONSISTENT')
  expect(errorCode(() => spinState(x, low, { intensity: low, spin: 0 }, { intensity: low, spin: 2 }))).toBe('E_SINGULAR')
})

describe('planes of incident and emitted energies', () => {
  const plane = createDataset({
    name: 'I',
    dims: ['incident', 'emission'],
    shape: [4, 5],
    // linear in both energies, so that straight interpolation is exact
    values: Float64Array.from({ length: 20 }, (_, k) => 10 * Math.floor(k / 5) + (k % 5)),
    sigma: new Float64Array(20).fill(2),
    unit: 'counts',
    coords: {
      incident: { dims: ['incident'], values: [530, 531, 532, 533], unit: 'eV' },
      emission: { dims: ['emission'], values: [525, 526, 527, 528, 529], unit: 'eV' },
    },
  })

  it('cut at constant emission give HERFD, at constant transfer the same numbers along diagonals, whatever the order of the dims', () => {
    expectClose(cutPlane(plane, { along: 'emission', at: 526.25 }).values, [1.25, 11.25, 21.25, 31.25], { rtol: 1e-12 })
    const turned = rixsToTransfer(plane, [4, 5])
    expect(turned.dims).toEqual(['transfer', 'incident'])
    // loss 4: emission 526, 527, 528, 529
    expectClose(cutPlane(turned, { along: 'transfer', at: 4 }).values, [1, 12, 23, 34], { rtol: 1e-12 })
  })

  it('carry uncertainties: of the mean within a width, of two neighbours, of a sum over cells', () => {
    const mean = cutPlane(plane, { along: 'emission', at: 527, width: 2.1 })
    expectClose(
      mean.sigma!,
      [2, 2, 2, 2].map(s => s / Math.sqrt(3)),
      { rtol: 1e-12 },
    )
    expectClose(
      cutPlane(plane, { along: 'emission', at: 526.5 }).sigma!,
      [2, 2, 2, 2].map(s => s / Math.SQRT2),
      { rtol: 1e-12 },
    )
    expectClose(
      integratePlane(plane, 'emission').sigma!,
      [2, 2, 2, 2].map(s => s * Math.sqrt(5)),
      { rtol: 1e-12 },
    )
  })

  it('masked in part give masked integrals, never smaller ones', () => {
    const mask = new Uint8Array(20)
    mask[7] = 1 // incident 531, emission 527
    const found = integratePlane({ ...plane, mask }, 'emission')
    expect([...found.mask!]).toEqual([0, 1, 0, 0])
    expect(Number.isNaN(found.values[1])).toBe(true)
    expectClose(cutPlane({ ...plane, mask }, { along: 'emission', at: 527, width: 2.1 }).values, [2, 12, 22, 32], { rtol: 1e-12 })
  })

  it('are refused with other axes, energies outside, or no plane at all', () => {
    expect(errorText(() => cutPlane(plane, { along: 'transfer', at: 1 }))).toMatch(/E_MISSING.*rixsToTransfer/)
    expect(errorCode(() => cutPlane(plane, { along: 'emission', at: 600 }))).toBe('E_RANGE')
    expect(errorCode(() => integratePlane(plane, 'emission', [600, 700]))).toBe('E_RANGE')
    expect(errorCode(() => rixsToTransfer(cutPlane(plane, { along: 'emission', at: 527 })))).toBe('E_SHAPE')
  })
})

describe('X-ray Raman scattering', () => {
  const loss = Float64Array.from({ length: 300 }, (_, i) => 250 + 0.5 * i)
  const edge = loss.map(e => (e > 285 ? (1 - Math.exp(-(e - 285) / 2)) * (1 + 0.8 * Math.exp(-(((e - 291) / 3) ** 2))) : 0))
  const backgrounds = {
    power: loss.map(e => 2e4 * (e / 250) ** -1.7),
    line: loss.map(e => 1500 - 2 * (e - 250)),
    pearson: loss.map(e => 9000 * (1 + ((e - 240) / 60) ** 2 * (2 ** (1 / 3) - 1)) ** -3),
  }
  it.each(['power', 'line', 'pearson'] as const)('gives the edge that was laid on a %s background', kind => {
    const random = createRandom(3)
    const intensity = loss.map((_, i) => backgrounds[kind][i]! + 40 * edge[i]! + 0.05 * random.normal())
    const { spectrum, norm } = extractRaman(loss, intensity, { below: [250, 284], above: [310, 330], background: kind })
    const end = loss.findIndex(e => e > 330)
    expectClose(norm, 40, { rtol: 0.1 })
    const scale = edge[150]! / spectrum[150]!
    expectClose(
      spectrum.subarray(60, end).map(v => v * scale),
      edge.subarray(60, end),
      { atol: 0.06 },
    )
  })
  it('refuses ranges without points, and a norm that is not positive', () => {
    expect(errorCode(() => extractRaman(loss, edge, { below: [100, 200] }))).toBe('E_RANGE')
    expect(
      errorCode(() =>
        extractRaman(
          loss,
          backgrounds.line.map((v, i) => v - 40 * edge[i]!),
          { below: [250, 284], background: 'line' },
        ),
      ),
    ).toBe('E_RANGE')
  })
  it('has the momentum transfer of elastic scattering without loss, and the loss over hc forward', () => {
    expectClose(momentumTransfer(9890, 0, 60), (4 * Math.PI * 9890 * Math.sin(Math.PI / 6)) / 12398.419843320025, { rtol: 1e-12 })
    expectClose(momentumTransfer(9890, 285, 0), (2 * Math.PI * 285) / 12398.419843320025, { rtol: 1e-10 })
    expect(errorCode(() => momentumTransfer(100, 200, 10))).toBe('E_RANGE')
  })
})
