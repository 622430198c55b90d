import { type Cell, type CellInput, createCell, createElectrochemistry, withComposition } from 'operando'
import { describe, expect, it } from 'vitest'
import { errorText as code } from '../errorCode.js'
import { expectClose } from '../matchers.js'

const coin: CellInput = {
  name: 'A7',
  format: { kind: 'coin', size: 'CR2032' },
  geometry: { kind: 'flat', tilt: '0.1 rad' },
  layers: [
    { role: 'window', thickness: '0.05 mm', material: { name: 'Kapton', formula: 'C22H10N2O5', density: 1.42 } },
    { role: 'collector', electrode: 'working', thickness: 20, material: { formula: 'Al', density: '2700 kg/m³' }, hole: '3 mm' },
    {
      role: 'electrode',
      name: 'cathode',
      electrode: 'working',
      thickness: '60 µm',
      material: {
        porosity: 0.35,
        components: [
          { name: 'NMC811', formula: 'LiNi0.8Mn0.1Co0.1O2', density: 4.75, massFraction: 0.9 },
          { formula: 'C', density: 1.9, massFraction: 0.05 },
          { name: 'PVDF', formula: 'C2H2F2', density: 1.78, massFraction: 0.05 },
        ],
        filling: [{ formula: 'C3H4O3', density: 1.3 }],
      },
    },
    { role: 'separator', thickness: 25, material: { components: [{ formula: 'C2H4', density: 0.95 }], porosity: 0.4 } },
    { role: 'electrode', electrode: 'counter', thickness: 250, material: { formula: 'Li', density: 0.534 } },
  ],
  electrodes: {
    working: { active: { formula: 'LiNi0.8Mn0.1Co0.1O2', x0: 1 }, activeMass: '11 mg', area: '113 mm²', specificCharge: 200 },
    counter: { active: { formula: 'Li' } },
    reference: { couple: 'Li', potential: '-3.04 V' },
  },
  temperature: '25 °C',
  pressure: { dims: ['time'], values: [1, 2], unit: 'bar' },
  beamSpots: [
    { position: ['1 mm', 0], size: ['0.3 mm', 100], dose: 35e3 },
    { position: [2, 0], size: [300, 100], dose: { dims: ['frame'], values: [1, 2, 3], unit: 'kGy' } },
  ],
  meta: { sample: 'NMC811' },
}
const changed = (change: Partial<CellInput>): string => code(() => createCell({ ...coin, ...change }))
const layer = coin.layers[0]!

describe('createCell', () => {
  it('names the place of what is no cell at all', () => {
    const [window] = coin.layers
    const wrong: [unknown, string][] = [
      [{ ...coin, format: 'button' }, 'format'],
      [{ ...coin, layers: {} }, 'layers'],
      [{ ...coin, layers: [{ role: 'window', thickness: 5 }] }, 'layers[0].material'],
      [{ ...coin, layers: [{ ...window, electrode: 'anode' }] }, 'layers[0].electrode'],
      [{ ...coin, beamSpots: [{}] }, 'beamSpots[0].position'],
    ]
    for (const [input, place] of wrong) {
      expect(() => createCell(input as CellInput)).toThrow(`Cell, ${place}:`)
      expect(code(() => createCell(input as CellInput))).toMatch(/^E_ARGUMENT/)
    }
    const course = { dims: ['frame'], values: [300, -5], unit: 'K' }
    expect(code(() => createCell({ ...coin, temperature: course }))).toMatch(/^E_RANGE/)
  })

  const cell: Cell = createCell(coin)

  it('tells everything in the documented units', () => {
    expect(cell.geometry.kind === 'flat' && cell.geometry.tilt).toBeCloseTo(5.7296, 4)
    expectClose(
      cell.layers.map(l => l.thickness),
      [50, 20, 60, 25, 250],
      { rtol: 1e-14 },
    )
    expect(cell.layers[1]).toMatchObject({ name: 'Al', hole: 3, material: { porosity: 0, components: [{ massFraction: 1 }] } })
    expectClose(cell.layers[1]!.material.components[0]!.density, 2.7, { rtol: 1e-14 })
    expect(cell.layers[2]!.material.name).toBe('NMC811 + C + PVDF')
    const { working, reference } = cell.electrodes
    expect(working.name).toBe('LiNi0.8Mn0.1Co0.1O2')
    expectClose([working.activeMass!, working.area!, working.active!.molarMass], [0.011, 1.13, 97.2795], { rtol: 1e-12 })
    expect(working.active).toMatchObject({ x0: 1, dxPerElectron: -1 })
    expect(reference).toEqual({ couple: 'Li/Li+', potential: -3.04 })
    expect(cell.temperature).toBe(298.15)
    expect(cell.pressure).toMatchObject({ unit: { symbol: 'bar' } })
    expect(cell.beamSpots.map(s => s.name)).toEqual(['spot 1', 'spot 2'])
    expect(cell.beamSpots[0]).toMatchObject({ position: [1, 0], size: [300, 100], dose: 35000 })
  })

  it('is plain, frozen data that survives structuredClone and does not touch its input', () => {
    const before = structuredClone(coin)
    createCell(coin)
    expect(coin).toEqual(before)
    expect(structuredClone(cell)).toEqual(cell)
    const frozen = (x: unknown): boolean =>
      typeof x !== 'object' || x === null || ArrayBuffer.isView(x) || (Object.isFrozen(x) && Object.values(x).every(frozen))
    expect(frozen(cell)).toBe(true)
    const { reference: _, ...two } = coin.electrodes
    expect('reference' in createCell({ ...coin, electrodes: two }).electrodes).toBe(false)
  })

  it('builds the other formats', () => {
    const glass = { role: 'window', thickness: 10, material: { formula: 'SiO2', density: 2.2 } } as const
    const fill = { role: 'electrolyte', thickness: '400 µm', material: { formula: 'C3H4O3', density: 1.2 } } as const
    const { electrodes } = coin
    const capillary = createCell({
      format: 'capillary',
      geometry: { kind: 'capillary', radius: '0.5 mm' },
      layers: [glass, fill],
      electrodes,
    })
    expect(capillary.geometry).toEqual({ kind: 'capillary', radius: 0.5 })
    expect(capillary.name).toBe('capillary')
    const winding = createCell({
      format: 'cylindrical',
      geometry: { kind: 'cylinder', radius: 9, core: 1 },
      layers: coin.layers,
      electrodes,
    })
    expect(winding.geometry).toEqual({ kind: 'cylinder', radius: 9, core: 1 })
    const liquid = createCell({ format: 'liquid', layers: [{ ...glass, role: 'membrane' }, fill, glass], electrodes })
    expect(liquid.geometry).toEqual({ kind: 'flat', tilt: 0 })
    const diamond = { role: 'crystal', thickness: '1 mm', material: { formula: 'C', density: 3.51 } } as const
    const format = { kind: 'atr', incidence: 45, refractiveIndex: 2.4, reflections: 1 } as const
    expect(createCell({ format, layers: [diamond, fill], electrodes }).format).toEqual(format)
  })

  it('tells withComposition what turns charge into x', () => {
    const echem = createElectrochemistry({ time: [0, 3600], potential: [3.4, 3.5], current: [0, 1e-3] })
    const { x } = withComposition(echem, cell.electrodes.working)
    // 1 mAh out of 11 mg of 275.5 mAh/g
    expectClose(x!.values, [1, 1 - 1 / (0.011 * 275.5)], { rtol: 1e-4 })
    expect(code(() => withComposition(echem, cell.electrodes.counter))).toMatch(/E_MISSING Electrode 'Li' has no x0/)
  })

  it('names the place of what is wrong, and the way out', () => {
    expect(changed({ layers: [] })).toMatch(/E_ARGUMENT Cell, layers: at least one/)
    expect(changed({ layers: [{ ...layer, thickness: 0 }] })).toMatch(
      /E_RANGE Cell, layers\[0\].thickness = 0 µm: a number above 0/,
    )
    expect(changed({ layers: [{ ...layer, thickness: '3 eV' as never }] })).toMatch(/E_UNIT layers\[0\].thickness/)
    expect(changed({ layers: [{ ...layer, role: 'lid' as never }] })).toMatch(/E_ARGUMENT.*role: one of window, membrane/)
    expect(changed({ layers: [{ ...layer, role: 'electrode' }] })).toMatch(/E_ARGUMENT.*electrode: an electrode layer belongs/)
    const of = (material: unknown): string => changed({ layers: [{ ...layer, material: material as never }] })
    expect(of({ formula: 'Xx2', density: 1 })).toMatch(/E_FORMAT.*"Xx2"/)
    expect(of({ formula: 'Al', density: -1 })).toMatch(/E_RANGE.*layers\[0\].material.components\[0\].density/)
    expect(of({ formula: 'Al' })).toMatch(/E_ARGUMENT.*density/)
    expect(of({ components: [] })).toMatch(/E_ARGUMENT.*at least one substance/)
    expect(of({ components: [{ formula: 'C', density: 2, massFraction: 0.9 }] })).toMatch(/E_RANGE.*sum to 0.9, and 1/)
    expect(of({ components: [{ formula: 'C', density: 2 }], porosity: 35 })).toMatch(/E_RANGE.*Is it 35 %\? Then it is 0.35/)
    expect(of({ components: [{ formula: 'C', density: 2 }], filling: [{ formula: 'C', density: 2 }] })).toMatch(
      /E_ARGUMENT.*porosity/,
    )
    expect(changed({ geometry: { kind: 'flat', tilt: 90 } })).toMatch(/E_RANGE.*tilt/)
    expect(changed({ geometry: { kind: 'capillary', radius: '0.3 mm' } })).toMatch(/E_RANGE.*0.405 mm thick.*radius of 0.3 mm/)
    expect(changed({ format: 'capillary' })).toMatch(/E_ARGUMENT.*geometry 'capillary', found 'flat'/)
    expect(changed({ format: 'liquid' })).toMatch(/E_ARGUMENT.*begins and ends with a membrane/)
    expect(changed({ format: { kind: 'atr', incidence: 45, refractiveIndex: 2.4, reflections: 1 } })).toMatch(
      /E_ARGUMENT.*crystal/,
    )
    expect(changed({ electrodes: { working: {} } as never })).toMatch(/E_ARGUMENT.*both working and counter/)
    expect(changed({ electrodes: { ...coin.electrodes, working: { activeMass: 0 } } })).toMatch(
      /E_RANGE.*electrodes.working.activeMass = 0 g/,
    )
    expect(changed({ electrodes: { ...coin.electrodes, reference: { couple: '' } } })).toMatch(/E_ARGUMENT.*couple/)
    expect(changed({ temperature: '-300 °C' })).toMatch(/E_RANGE.*temperature/)
    expect(changed({ pressure: { dims: ['t'], values: [1], unit: 'K' } })).toMatch(/E_UNIT pressure/)
    const spot = coin.beamSpots![0]!
    expect(changed({ beamSpots: [{ ...spot, dose: -1 }] })).toMatch(/E_RANGE.*beamSpots\[0\].dose/)
    expect(
      changed({
        beamSpots: [
          { ...spot, name: 'a' },
          { ...spot, name: 'a' },
        ],
      }),
    ).toMatch(/E_ARGUMENT.*two are called 'a'/)
  })
})
