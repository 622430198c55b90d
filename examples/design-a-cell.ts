// A pouch cell for two experiments: absorption at the nickel K edge in transmission, and diffraction at 80 keV.
import { createCell } from 'operando'
import {
  absorptionFactor,
  cellLines,
  createBeamStack,
  designXas,
  doseBudget,
  hiddenEdges,
  stackTransmission,
} from 'operando/cell'
import { resolveMaterial } from 'operando/matter'
import { layerStackPlot } from 'operando/plot'
import { showFigure } from './demo/showFigure.js'

// the pouch foil: polyamide, aluminium, polypropylene; then a thin single-layer cell of NMC811 against lithium
const material = {
  polyamide: await resolveMaterial({ name: 'polyamide', formula: 'C6H11NO', density: 1.14 }),
  polypropylene: await resolveMaterial({ name: 'polypropylene', formula: 'C3H6', density: 0.9 }),
  aluminium: await resolveMaterial('Al'),
  copper: await resolveMaterial('Cu'),
  cathode: await resolveMaterial({
    name: 'NMC811 electrode',
    components: [
      { name: 'NMC811', massFraction: 0.9 },
      { name: 'carbon black', massFraction: 0.05 },
      { name: 'PVDF', massFraction: 0.05 },
    ],
    porosity: 0.35,
    filling: 'LP57',
  }),
  separator: await resolveMaterial({
    name: 'separator',
    components: [{ formula: 'C2H4', density: 0.95 }],
    porosity: 0.45,
    filling: 'LP57',
  }),
  lithium: await resolveMaterial('Li'),
}

/** The cell with a cathode of some thickness (µm), and with a hole in the copper or none. */
const pouch = (thickness: number, hole?: number): ReturnType<typeof createCell> =>
  createCell({
    name: 'NMC811 pouch cell',
    format: 'pouch',
    layers: [
      { role: 'window', name: 'PA', thickness: 15, material: material.polyamide },
      { role: 'window', name: 'Al of pouch', thickness: 40, material: material.aluminium },
      { role: 'window', name: 'PP', thickness: 40, material: material.polypropylene },
      { role: 'collector', electrode: 'working', name: 'Al collector', thickness: 12, material: material.aluminium },
      { role: 'electrode', electrode: 'working', name: 'cathode', thickness, material: material.cathode },
      { role: 'separator', name: 'separator', thickness: 20, material: material.separator },
      { role: 'electrode', electrode: 'counter', name: 'lithium', thickness: 50, material: material.lithium },
      { role: 'collector', electrode: 'counter', name: 'Cu collector', thickness: 8, material: material.copper, hole },
      { role: 'window', name: 'PP behind', thickness: 40, material: material.polypropylene },
      { role: 'window', name: 'Al behind', thickness: 40, material: material.aluminium },
      { role: 'window', name: 'PA behind', thickness: 15, material: material.polyamide },
    ],
    electrodes: { working: { active: { formula: 'LiNi0.8Mn0.1Co0.1O2', x0: 1 } }, counter: { active: { formula: 'Li' } } },
  })

// 1. Absorption: how thick a cathode, and what stands in the way?
const first = await createBeamStack(pouch(60))
const design = await designXas(first, { element: 'Ni' })
console.log(design.reasons.join('\n'))
for (const { sentence } of await hiddenEdges(first, { element: 'Ni' })) console.log(sentence)

// what the field aims at, a jump of 1, and a hole in the copper, which takes a quarter of the beam and ends the spectrum at its own edge
const chosen = Math.round(design.jumpOne.thickness)
const cell = pouch(chosen, 3)
const stack = await createBeamStack(cell)
const xas = await designXas(stack, { element: 'Ni' })

// 2. Diffraction at 80 keV through the same cell: which lines of the cell fall on those of the cathode?
const nmc = [1.327, 2.567, 2.611, 2.661, 2.72, 3.086, 3.354, 4.265, 4.37]
const covered = cellLines(pouch(chosen), { qRange: [1, 5], energy: '80 keV', sample: nmc, tolerance: 0.03 }).filter(
  line => line.covers.length > 0,
)
for (const line of covered)
  console.log(`${line.phase} ${line.hkl.join('')} of ${line.layer} at ${line.q.toFixed(3)} 1/Å covers ${line.covers.join(', ')}.`)
const cathode = cell.layers.findIndex(layer => layer.name === 'cathode')
const { correction } = absorptionFactor(stack, '80 keV', { layer: cathode, twoTheta: [5, 15, 30] })

// 3. What it costs the cell: frames below 200 kGy in the electrolyte-soaked separator
const beam = { spot: [300, 300], exposure: '1 s', interval: '60 s', frames: 600, threshold: 2e5, layer: 'separator' } as const
const plans = {
  'Ni K edge': { ...beam, energy: design.energy + 20, flux: 1e12 },
  '80 keV': { ...beam, energy: 80000, flux: 1e12 },
}
const budgets = Object.entries(plans).map(([name, plan]) => [name, doseBudget(stack, plan)] as const)
for (const [name, strategies] of budgets) for (const { sentence } of strategies) console.log(`${name}, ${sentence}`)

const rows = budgets.map(([name, [asPlanned]]) => {
  const energy = plans[name as keyof typeof plans].energy
  return {
    experiment: name,
    'energy (keV)': Number((energy / 1000).toFixed(3)),
    'transmission (%)': Number((stackTransmission(stack, energy).transmission * 100).toPrecision(3)),
    'dose a frame (kGy)': Number((asPlanned!.doseOfFrame / 1000).toPrecision(3)),
    'frames below 200 kGy': asPlanned!.framesBelow,
  }
})
console.table(rows)
console.table({
  'cathode (µm)': { value: chosen },
  'Ni K jump': { value: Number(xas.asBuilt.jump.toFixed(3)) },
  'beam behind the cell, above the edge (%)': { value: Number((xas.asBuilt.transmission * 100).toPrecision(3)) },
  'flat-cell correction at 2θ = 30°, 80 keV': { value: Number(correction[2]!.toFixed(5)) },
})

const energies = [design.energy - 20, design.energy + 20, 80000]
await showFigure(
  'design-a-cell',
  layerStackPlot(
    stack,
    energies.map(energy => stackTransmission(stack, energy)),
    { title: 'NMC811 pouch cell: below and above the Ni K edge, and at 80 keV' },
  ),
)
