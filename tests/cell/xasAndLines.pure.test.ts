import { type CellInput, createCell, isOperandoError, type LayerInput } from 'operando'
import { cellLines, designXas, diluteForEdge, hiddenEdges } from 'operando/cell'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../errorCode.js'
import { expectClose } from '../matchers.js'
import { stackOf, windowCell } from './makeStack.js'

const stack = await stackOf(windowCell)
const foil = (formula: string, density: number, thickness: number, more: Partial<LayerInput> = {}): LayerInput => ({
  role: 'collector',
  electrode: 'counter',
  name: `${formula} foil`,
  thickness,
  material: { formula, density },
  ...more,
})
async function codeOf(run: Promise<unknown>): Promise<string> {
  try {
    await run
  } catch (error) {
    if (isOperandoError(error)) return error.code
    throw error
  }
  return 'none'
}

describe('designXas', () => {
  it('finds the electrode by itself, and its thicknesses are what they are called', async () => {
    const design = await designXas(stack, { element: 'Ni' })
    expect(design).toMatchObject({ layer: 'NMC811', edge: 'K', energy: 8333, advice: 'transmission', transmissionPossible: true })
    expectClose([design.jumpOne.jump, design.bestSignal.exponent, design.bestSignalSplit.exponent], [1, 2, 2.55], { rtol: 1e-12 })
    expectClose(design.bestSignal.signalToNoise, 1, { rtol: 1e-12 })
    expect(design.jumpOne.signalToNoise).toBeLessThan(1)
    expectClose(design.asBuilt.jump, (design.above - design.below) * 60e-4, { rtol: 1e-12 })
  })

  it('advises fluorescence for manganese in NMC811, and says why', async () => {
    const { advice, reasons, jumpOne } = await designXas(stack, { element: 'Mn' })
    expect(advice).toBe('fluorescence')
    expect(jumpOne.thickness).toBeGreaterThan(150)
    expect(reasons.join(' ')).toMatch(
      /Mn K: NMC811 of 60 µm has a jump of 0\.3.*leaves 1\.1 %.*no electrode to measure through.*Fluorescence: /,
    )
  })

  it('tells for sulfur that windows and collectors must be thinned, and whether its line gets out', async () => {
    const sulfur = await stackOf([
      ...windowCell.slice(0, 2),
      { role: 'electrode', electrode: 'working', name: 'cathode', thickness: 30, material: { formula: 'S', density: 1 } },
    ])
    const { advice, reasons } = await designXas(sulfur, { element: 'S' })
    expect(advice).toBe('fluorescence')
    expect(reasons.join(' ')).toMatch(/other layers alone leave .*thin the windows.*self-absorption/)
  })

  it('counts a tilted cell as the thicker path that it is', async () => {
    const straight = await designXas(stack, { element: 'Ni' })
    const tilted = await designXas(stack, { element: 'Ni', tilt: 60 })
    expectClose(tilted.jumpOne.thickness, straight.jumpOne.thickness / 2, { rtol: 1e-12 })
  })

  it('refuses elements that are not there, with the names of layers, and edges that the element does not have', async () => {
    await expect(designXas(stack, { element: 'Fe' })).rejects.toThrow('No layer of custom holds Fe')
    await expect(designXas(stack, { element: 'Ni', layer: 'Li' })).rejects.toThrow('NMC811 do')
    expect(await codeOf(designXas(stack, { element: 'Ni', edge: 'Q' }))).toBe('E_MISSING')
    expect(await codeOf(designXas(stack, { element: 'Xx' }))).toBe('E_MISSING')
  })
})

describe('hiddenEdges', () => {
  const electrode: LayerInput = {
    role: 'electrode',
    electrode: 'working',
    name: 'oxide',
    thickness: 30,
    material: { components: [{ formula: 'CuFe2O4', density: 5.4 }], porosity: 0.4 },
  }
  it('warns of a copper collector before copper in the electrode, with the share that it takes', async () => {
    const cell = await stackOf([electrode, foil('Cu', 8.96, 10)])
    const [worst] = await hiddenEdges(cell, { element: 'Cu' })
    expect(worst).toMatchObject({ kind: 'same element', layer: 'Cu foil', element: 'Cu' })
    const [own, theirs] = await Promise.all(['oxide', 'Cu foil'].map(layer => designXas(cell, { element: 'Cu', layer })))
    expectClose(worst!.ratio, theirs!.asBuilt.jump / own!.asBuilt.jump, { rtol: 1e-12 })
    expect(worst!.sentence).toMatch(/Make a hole/)
  })

  it('finds nothing hidden once the collector has a hole', async () => {
    const cell = await stackOf([electrode, foil('Cu', 8.96, 10, { hole: 2 })])
    expect(await hiddenEdges(cell, { element: 'Cu' })).toEqual([])
  })

  it('tells where the next edge ends the spectrum: cobalt after iron, at k = 12.5 1/Å', async () => {
    const cell = await stackOf([{ ...electrode, material: { formula: 'CoFe2O4', density: 5.3 } }])
    const [cobalt] = await hiddenEdges(cell, { element: 'Fe' })
    expect(cobalt).toMatchObject({ kind: 'edge in range', element: 'Co', edge: 'K', energy: 7709 })
    expectClose(cobalt!.kMax!, Math.sqrt(0.26247 * (7709 - 7112)), { rtol: 1e-4 })
    const backwards = await hiddenEdges(cell, { element: 'Co', range: [-700, 1000] })
    expect(backwards[0]).toMatchObject({ element: 'Fe', kMax: undefined })
  })
})

describe('diluteForEdge', () => {
  const options = {
    element: 'S',
    sample: { formula: 'S', density: 2.07 },
    diluent: { formula: 'C', density: 2 },
    thickness: 50,
  } as const

  it('takes substances to dilute by their names in the list as well', async () => {
    const how = { element: 'S', thickness: 20 } as const
    const named = await diluteForEdge({ ...how, sample: 'Li2S', diluent: 'BN' })
    expect(named).toEqual(
      await diluteForEdge({ ...how, sample: { formula: 'Li2S', density: 1.641 }, diluent: { formula: 'BN', density: 2.279 } }),
    )
  })

  it('makes a jump of 1: a pellet of that mixture has it', async () => {
    const { transmission } = await diluteForEdge(options)
    const w = transmission.massFraction!
    const material = {
      components: [
        { ...options.sample, massFraction: w },
        { ...options.diluent, massFraction: 1 - w },
      ],
    }
    const pellet = await stackOf([{ role: 'electrode', electrode: 'working', thickness: 50, material }])
    const { asBuilt } = await designXas(pellet, { element: 'S' })
    expectClose([asBuilt.jump, asBuilt.exponent, asBuilt.transmission], [1, transmission.exponent!, transmission.transmission!], {
      rtol: 1e-9,
    })
  })

  it('keeps the damping of fluorescence at what is allowed, and knows that pure sulfur is damped by most of its jump', async () => {
    const { fluorescence, grain } = await diluteForEdge({ ...options, damping: 0.1 })
    expect(fluorescence.massFraction).toBeLessThan(0.1)
    expect(fluorescence.dampingOfPure).toBeGreaterThan(0.7)
    expect(grain).toBeLessThan(0.5)
    const looser = await diluteForEdge({ ...options, damping: 0.2 })
    expect(looser.fluorescence.massFraction).toBeGreaterThan(fluorescence.massFraction)
  })

  it('says where not even the pure sample reaches a jump of 1', async () => {
    const { transmission } = await diluteForEdge({ ...options, thickness: 0.1 })
    expect(transmission).toEqual({ massFraction: null, exponent: null, transmission: null })
  })

  it('refuses a sample without the element, and numbers without meaning', async () => {
    expect(await codeOf(diluteForEdge({ ...options, element: 'Fe' }))).toBe('E_MISSING')
    expect(await codeOf(diluteForEdge({ ...options, damping: 1 }))).toBe('E_RANGE')
    expect(await codeOf(diluteForEdge({ ...options, thickness: -1 }))).toBe('E_RANGE')
    expect(await codeOf(diluteForEdge({ ...options, diluent: { formula: 'C', density: 0 } }))).toBe('E_RANGE')
  })
})

describe('cellLines', () => {
  const cellOf = (layers: CellInput['layers']): ReturnType<typeof createCell> =>
    createCell({ format: 'pouch', layers, electrodes: { working: {}, counter: {} } })
  const q = (a: number, n: number): number => (2 * Math.PI * Math.sqrt(n)) / a

  it('lists those of copper and aluminium by q, with angles that Bragg gives', () => {
    const lines = cellLines(cellOf([foil('Cu', 8.96, 10), foil('Al', 2.7, 15)]), { qRange: [2, 5], energy: 80000 })
    expect(lines.map(line => `${line.phase} ${line.hkl.join('')}`)).toEqual([
      'Al 111',
      'Cu 111',
      'Al 200',
      'Cu 200',
      'Al 220',
      'Cu 220',
    ])
    expectClose(
      lines.map(line => line.q),
      [q(4.0495, 3), q(3.6149, 3), q(4.0495, 4), q(3.6149, 4), q(4.0495, 8), q(3.6149, 8)],
      { rtol: 1e-12 },
    )
    expect(lines.map(line => line.multiplicity)).toEqual([8, 8, 6, 6, 12, 12])
    for (const line of lines)
      expectClose(2 * line.d * Math.sin(((line.twoTheta! / 2) * Math.PI) / 180), 12398.41984 / 80000, { rtol: 1e-8 })
  })

  it('says which lines of the sample they cover', () => {
    const lines = cellLines(cellOf([foil('Cu', 8.96, 10)]), { qRange: [2, 4], sample: [2.5, 3.02, 3.46], tolerance: 0.02 })
    expect(lines.map(line => line.covers)).toEqual([[3.02], [3.46]])
  })

  it('leaves out lines that the atoms put out: 222 of silicon, 001 of beryllium', () => {
    const silicon = cellLines(cellOf([foil('Si', 2.33, 10)]), { qRange: [0, 5] })
    expect(silicon.map(line => line.hkl.join(''))).toEqual(['111', '220', '311', '400'])
    const beryllium = cellLines(cellOf([foil('Be', 1.848, 500)]), { qRange: [0, 4.1] })
    expect(beryllium.map(line => line.hkl.join(''))).toEqual(['100', '002', '101'])
    const graphite = foil('C', 2.26, 50, { name: 'graphite' })
    expect(cellLines(cellOf([graphite]), { qRange: [0, 3.2] }).map(line => line.hkl.join(''))).toEqual(['002', '100', '101'])
  })

  it('passes holes, amorphous windows and active materials, and takes structures of the caller', () => {
    const layers = [foil('Cu', 8.96, 10, { hole: 1 }), ...windowCell.filter(layer => layer.name !== 'Al' && layer.name !== 'Li')]
    const phases = new Set(cellLines(cellOf(layers), { qRange: [0, 5] }).map(line => line.phase))
    expect([...phases]).toEqual(['Be'])
    expect(cellLines(cellOf(layers), { qRange: [0, 5], structures: { Be: null } })).toEqual([])
  })

  it('refuses a range that falls', () => {
    expect(errorCode(() => cellLines(cellOf(windowCell), { qRange: [5, 2] }))).toBe('E_RANGE')
    expect(errorCode(() => cellLines(cellOf(windowCell), { qRange: [-1, 2] }))).toBe('E_RANGE')
  })
})
