import { createDataset, createStructure } from 'operando'
import { createRandom } from 'operando/numeric'
import {
  calibrateEnergy,
  depthProfileOfStack,
  edxrdLines,
  energyOfSpacing,
  energyWidth,
  explainEnergies,
  fitLayer,
  gaugeVolume,
  spacingOfEnergy,
} from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const copper = createStructure({
  name: 'Cu',
  cell: { a: 3.615 },
  spaceGroup: 'Fm-3m',
  sites: [{ element: 'Cu', position: [0, 0, 0], uIso: 0.007 }],
})

describe('the energy axis', () => {
  it('turns energies at a fixed angle into spacings and back', () => {
    // 12.39841984 keV Å / (2 E sin(theta)), worked out with numpy
    expectClose(
      [30e3, 60e3, 90e3].map(e => spacingOfEnergy(e, 6)),
      [3.9483434631971703, 1.9741717315985852, 1.31611448773239],
      { rtol: 1e-9 },
    )
    expectClose(energyOfSpacing(spacingOfEnergy('50 keV', 3.9913), 3.9913), 50e3, { rtol: 1e-14 })
    expect(errorCode(() => spacingOfEnergy(0, 3))).toBe('E_RANGE')
    expect(errorCode(() => energyOfSpacing(3, 180))).toBe('E_RANGE')
  })

  it('has lines as wide as noise, pairs and divergence make them', () => {
    expectClose(energyWidth(122e3, { noise: 0 }), 2.354820045 * Math.sqrt(0.11 * 2.96 * 122e3), { rtol: 1e-9 })
    expectClose(energyWidth(1e5, { noise: 300, fano: 0 }), 300, { rtol: 1e-12 })
    const spread = (energyOfSpacing(2, 2.99) - energyOfSpacing(2, 3.01)) / 2
    expectClose(energyWidth(energyOfSpacing(2, 3), { noise: 0, fano: 0, divergence: 0.01, twoTheta: 3 }), spread, { rtol: 1e-4 })
    expect(errorCode(() => energyWidth(1e5, { divergence: 0.01 }))).toBe('E_MISSING')
  })
})

describe('calibrateEnergy', () => {
  const FLUORESCENCE = [59318, 67244, 74969, 84936]
  const SPACINGS = [3.1244, 2.7058, 1.9133, 1.6317, 1.5622]
  const channelOf = (energy: number): number => {
    // 40 eV a channel and a little bend: the root of a parabola
    const [a, b, c] = [1e-5, 40, -120 - energy]
    return (-b + Math.sqrt(b * b - 4 * a * c)) / (2 * a)
  }
  const linesWith = (seed: number, error: number) => {
    const random = createRandom(seed)
    const at = (energy: number) => ({ value: channelOf(energy) + error * random.normal(), standardError: error })
    return [
      ...FLUORESCENCE.map(energy => ({ energy, channel: at(energy) })),
      ...SPACINGS.map(spacing => ({ spacing, channel: at(energyOfSpacing(spacing, 2.731)) })),
    ]
  }

  it('gives back gain, offset, bend and angle', () => {
    const { offset, gain, quadratic, twoTheta, energies } = calibrateEnergy(linesWith(1, 1e-6), {
      quadratic: true,
      twoTheta: 2.6,
    })
    expectClose([offset.value, gain.value, quadratic.value, twoTheta!.value], [-120, 40, 1e-5, 2.731], { rtol: 1e-4 })
    expectClose(energies([channelOf(70e3)])[0]!, 70e3, { rtol: 1e-7 })
  })

  it('has errors that tell the scatter of angle and energies', () => {
    const pulls: number[] = []
    for (let seed = 0; seed < 150; seed++) {
      const { twoTheta, gain } = calibrateEnergy(linesWith(50 + seed, 0.2), { quadratic: true, twoTheta: 2.7 })
      pulls.push((twoTheta!.value - 2.731) / twoTheta!.standardError!, (gain.value - 40) / gain.standardError!)
    }
    expectClose(Math.sqrt(pulls.reduce((s, p) => s + p * p, 0) / pulls.length), 1, { atol: 0.15 })
  })

  it('refuses what cannot tell gain from angle', () => {
    const [first] = linesWith(1, 0.1)
    const spacings = linesWith(1, 0.1).slice(4)
    expect(errorCode(() => calibrateEnergy(spacings, { twoTheta: 2.7 }))).toBe('E_ARGUMENT')
    expect(errorCode(() => calibrateEnergy([...linesWith(1, 0.1)]))).toBe('E_ARGUMENT')
    expect(errorCode(() => calibrateEnergy([{ ...first!, spacing: 2 } as never, first!]))).toBe('E_ARGUMENT')
  })
})

describe('edxrdLines', () => {
  it('has the intensities of monochromatic patterns added up over a white beam', async () => {
    const twoTheta = 4
    const lines = await edxrdLines(copper, {
      twoTheta,
      energyRange: [60e3, 180e3],
      spectrum: e => Math.exp(-e / 5e4),
      dispersion: false,
    })
    expect(lines.map(({ hkl }) => hkl.join(''))).toEqual(['111', '200', '220', '311', '222', '400', '331'].slice(0, lines.length))
    // each energy makes a ring of lambda³ m F² / (sin² cos) at its own angle; the detector sees those within its opening
    const added = lines.map(({ d, multiplicity, f2 }) => {
      let sum = 0
      for (let energy = 50e3; energy < 190e3; energy += 0.5) {
        const wavelength = 12398.419843320025 / energy
        const theta = Math.asin(wavelength / 2 / d)
        if (Math.abs((360 / Math.PI) * theta - twoTheta) > 0.02) continue
        sum += (Math.exp(-energy / 5e4) * wavelength ** 3 * multiplicity * f2) / (Math.sin(theta) ** 2 * Math.cos(theta))
      }
      return sum
    })
    const total = added.reduce((a, b) => a + b, 0)
    const all = lines.reduce((sum, { intensity }) => sum + intensity, 0)
    expectClose(
      lines.map(({ intensity }) => intensity / all),
      added.map(v => v / total),
      { rtol: 2e-3 },
    )
  })

  it("takes f' and f'' at the energy of each line, and what the cell lets through", async () => {
    const plain = await edxrdLines(copper, { twoTheta: 38.4, energyRange: [8.99e3, 30e3] })
    const none = await edxrdLines(copper, { twoTheta: 38.4, energyRange: [8.99e3, 30e3], dispersion: false })
    // 111 falls just above the K edge of copper, where f' is some -4 electrons
    expect(plain[0]!.f2 / none[0]!.f2).toBeLessThan(0.9)
    const half = await edxrdLines(copper, { twoTheta: 38.4, energyRange: [8.99e3, 30e3], transmission: () => 0.5 })
    expectClose(half[1]!.intensity, plain[1]!.intensity / 2, { rtol: 1e-12 })
    await expect(edxrdLines(copper, { twoTheta: 3, energyRange: [2e5, 1e5] })).rejects.toMatchObject({ code: 'E_RANGE' })
  })
})

describe('explainEnergies', () => {
  it('marks fluorescence, escape peaks and sums, and leaves lines of phases to them', async () => {
    const lines = await edxrdLines(copper, { twoTheta: 3.5, energyRange: [40e3, 180e3] })
    const peaks = [
      { energy: 74_970, height: 1000 }, // Pb Ka1, 74.969 keV
      { energy: 74_970 - 9_886, height: 60 }, // less Ge Ka1, 9.886 keV
      { energy: lines[0]!.energy + 30, height: 500 },
      { energy: 101_500, height: 40 },
      { energy: 2 * 74_970, height: 5 },
    ]
    const found = await explainEnergies(peaks, { elements: ['Pb'], phases: [{ name: 'Cu', lines }] })
    expect(found.map(({ explanations }) => explanations[0]?.kind)).toEqual([
      'fluorescence',
      'escape',
      'diffraction',
      undefined,
      'sum',
    ])
    expect(found[0]!.explanations[0]!.label).toBe('Pb Ka1')
    expect(found[2]!.explanations[0]!.label).toBe('Cu 1 1 1')
    expectClose(found[1]!.explanations[0]!.difference, 0, { atol: 15 })
  })

  it('does not take a strong peak for the escape of a weak one', async () => {
    const [, second] = await explainEnergies(
      [
        { energy: 60_000, height: 10 },
        { energy: 50_114, height: 100 },
      ],
      { elements: [] },
    )
    expect(second!.explanations).toEqual([])
    await expect(explainEnergies([{ energy: -1 }])).rejects.toMatchObject({ code: 'E_RANGE' })
  })
})

describe('gaugeVolume', () => {
  it.each([
    [3.5, 20, 100, 90],
    [8, 50, 30, 40],
    [3, 20, 200, 1.5],
  ])('is where two beams meet: %s degrees, slits %s and %s µm, scan at %s degrees', (twoTheta, incident, diffracted, scan) => {
    const { length, area, fwhm, boxes, partBelow } = gaugeVolume({ twoTheta, incident, diffracted, scan })
    // points that lie in both beams, thrown at random
    const random = createRandom(3)
    const angle = (twoTheta * Math.PI) / 180
    const along = (scan * Math.PI) / 180
    const size = length
    let hits = 0
    let [far, near] = [-Infinity, Infinity]
    const depths: number[] = []
    for (let k = 0; k < 40_000; k++) {
      const x = (random.uniform() - 0.5) * size * 1.02
      const y = (random.uniform() - 0.5) * incident
      if (Math.abs(-x * Math.sin(angle) + y * Math.cos(angle)) > diffracted / 2) continue
      hits++
      far = Math.max(far, x)
      near = Math.min(near, x)
      depths.push(x * Math.cos(along) + y * Math.sin(along))
    }
    expectClose((hits / 40_000) * size * 1.02 * incident, area, { rtol: 0.03 })
    expectClose(far - near, length, { rtol: 0.03 })
    for (const z of [-fwhm, -0.4 * fwhm, 0, 0.25 * fwhm, boxes[0] / 2])
      expectClose(depths.filter(d => d < z).length / hits, partBelow(z), { atol: 0.01 })
  })
})

describe('a stack', () => {
  const energies = Float64Array.from({ length: 300 }, (_, i) => 40e3 + 300 * i)
  const drawn = (centres: readonly number[]): Float64Array =>
    energies.map(e => centres.reduce((sum, c, i) => sum + (40 / (i + 1)) * Math.exp(-(((e - c) / 400) ** 2)), 0))
  const references = [
    { name: 'graphite', values: drawn([60e3, 104e3]) },
    { name: 'copper', values: drawn([97e3, 112e3]) },
    { name: 'background', values: energies.map(e => 30 * Math.exp(-e / 8e4)) },
  ]
  const gauge = gaugeVolume({ twoTheta: 3.5, incident: 20, diffracted: 100 })
  const depths = Float64Array.from({ length: 25 }, (_, i) => 8 * i)
  const within = (top: number, bottom: number, z: number): number => gauge.partBelow(bottom - z) - gauge.partBelow(top - z)
  const through = (energy: number, depth: number): number => Math.exp(-((40e3 / energy) ** 3) * (0.2 + 0.01 * depth))

  it('gives amounts by depth, corrected for what the layers absorb, and from them thickness of layers', () => {
    const random = createRandom(12)
    const truth = depths.map(z => 5 * within(31, 106, z))
    const values = Float64Array.from(
      [...depths].flatMap((z, k) => [
        ...random.counts(
          energies.map(
            (e, i) =>
              through(e, z) *
              (truth[k]! * references[0]!.values[i]! +
                8 * within(106, 118, z) * references[1]!.values[i]! +
                references[2]!.values[i]!),
          ),
        ),
      ]),
    )
    const series = createDataset({
      name: 'counts',
      dims: ['depth', 'energy'],
      shape: [25, 300],
      values,
      unit: 'counts',
      coords: {
        depth: { dims: ['depth'], values: depths, unit: 'µm' },
        energy: { dims: ['energy'], values: energies, unit: 'eV' },
      },
    })
    const { amounts, reducedChiSquare } = depthProfileOfStack(series, { references, transmission: through })
    const graphite = amounts.graphite!
    for (let k = 0; k < 25; k++) expectClose(graphite.values[k]!, truth[k]!, { atol: 4.5 * graphite.sigma![k]! })
    expectClose(reducedChiSquare.reduce((a, b) => a + b, 0) / 25, 1, { atol: 0.15 })
    const layer = fitLayer({ depths, amounts: graphite.values, sigma: graphite.sigma, gauge })
    expectClose(layer.top.value, 31, { atol: 4 * layer.top.standardError! })
    expectClose(layer.thickness.value, 75, { atol: 4 * layer.thickness.standardError! })
    expect(layer.thickness.standardError).toBeLessThan(1)
  })

  it('masks depths without data, and refuses what does not fit', () => {
    const values = new Float64Array(2 * 300)
    values.fill(Number.NaN, 300)
    const series = createDataset({
      name: 'counts',
      dims: ['depth', 'energy'],
      shape: [2, 300],
      values,
      unit: 'counts',
      coords: {
        depth: { dims: ['depth'], values: [0, 1], unit: 'µm' },
        energy: { dims: ['energy'], values: energies, unit: 'eV' },
      },
    })
    expect([...depthProfileOfStack(series, { references }).amounts.copper!.mask!]).toEqual([0, 1])
    expect(errorCode(() => depthProfileOfStack(series, { references: [] }))).toBe('E_ARGUMENT')
    expect(errorCode(() => depthProfileOfStack(series, { references: [{ name: 'x', values: [1] }] }))).toBe('E_SHAPE')
    expect(errorCode(() => depthProfileOfStack(series, { references, transmission: () => 0 }))).toBe('E_RANGE')
    expect(errorCode(() => fitLayer({ depths: [0, 1, 2, 3, 4], amounts: [1, 1, 1, 1, 1], gauge }))).toBe('E_ARGUMENT')
  })
})
