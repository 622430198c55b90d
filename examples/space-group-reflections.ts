// Where the lines of a phase are, from its cell and space group; what is systematically absent.
import { createUnitCell, reflections, spaceGroup, systematicallyAbsent } from 'operando'
import { linePlot } from 'operando/plot'
import { simulatePattern } from 'operando/scattering'
import { showFigure } from './demo/showFigure.js'
import { simulatedPhases } from './demo/simulated.js'

const cell = createUnitCell({ a: 10.332, b: 6.01, c: 4.692 })
const group = spaceGroup('Pnma')
const wavelength = 0.8266
const list = reflections(cell, group, { twoThetaMax: 20, wavelength })
console.log(
  `LiFePO4, ${group.hm}: ${list.count} lines up to 20°; 100 is ${systematicallyAbsent(group, [1, 0, 0]) ? 'absent' : 'there'}`,
)
console.table(
  Array.from({ length: Math.min(10, list.count) }, (_, i) => ({
    hkl: [...list.hkl.slice(3 * i, 3 * i + 3)].join(' '),
    'd (Å)': list.d[i]!.toFixed(4),
    '2θ (°)': ((2 * Math.asin(wavelength / (2 * list.d[i]!)) * 180) / Math.PI).toFixed(3),
    multiplicity: list.multiplicity[i],
  })),
)

const twoTheta = Float64Array.from({ length: 2401 }, (_, i) => 8 + i * 0.005)
const olivine = simulatedPhases().filter(phase => phase.couple)
const x = { values: twoTheta, label: '2θ', unit: '°' }
const curves = olivine.map(phase => ({
  x,
  y: simulatePattern(twoTheta, [{ ...phase, amount: 1 }], { wavelength, fwhm: 0.05 }),
  name: phase.name,
  label: 'Intensity',
}))
const angles = (d: ArrayLike<number>): number[] => Array.from(d, v => (2 * Math.asin(wavelength / (2 * v)) * 180) / Math.PI)
await showFigure(
  'space-group-reflections',
  linePlot(curves, { reflections: [{ positions: angles(list.d), label: 'LiFePO₄' }], title: 'LiFePO₄ and FePO₄' }),
)
