// A layered oxide on aluminium foil: Rietveld from a start that is a little off. How much nickel sits among the lithium, and does the pattern ask for it at all?
import { cellContents, cellVolume, createStructure, type Structure } from 'operando'
import { createRandom } from 'operando/numeric'
import { linePlot } from 'operando/plot'
import {
  antisiteMixing,
  hamiltonTest,
  lineWidths,
  lorentzFactor,
  powderReflections,
  rietveld,
  sumPseudoVoigts,
} from 'operando/scattering'
import { formatUncertain } from 'operando/workflow'
import { showFigure } from './demo/showFigure.js'

const wavelength = 0.7093
const twoTheta = Float64Array.from({ length: 3000 }, (_, i) => 7 + 0.015 * i)
const instrument = { widths: { u: 0.006, v: -0.004, w: 0.004 } }

interface Oxide {
  readonly a: number
  readonly c: number
  readonly mixing: number
  readonly z: number
  readonly u: { readonly Li: number; readonly Ni: number; readonly O: number }
}

const oxide = ({ a, c, mixing, z, u }: Oxide): Structure =>
  createStructure({
    name: 'LNO',
    cell: { a, c, gamma: 120 },
    spaceGroup: 'R-3m',
    sites: [
      { element: 'Li', label: 'Li1', position: [0, 0, 0.5], occupancy: 1 - mixing, uIso: u.Li },
      { element: 'Ni', label: 'Ni2', position: [0, 0, 0.5], occupancy: mixing, uIso: u.Li },
      { element: 'Ni', label: 'Ni1', position: [0, 0, 0], occupancy: 1 - mixing, uIso: u.Ni },
      { element: 'Li', label: 'Li2', position: [0, 0, 0], occupancy: mixing, uIso: u.Ni },
      { element: 'O', label: 'O1', position: [0, 0, z], uIso: u.O },
    ],
  })
const aluminium = (a: number, uIso: number): Structure =>
  createStructure({
    name: 'Al',
    cell: { a },
    spaceGroup: 'Fm-3m',
    sites: [{ element: 'Al', label: 'Al1', position: [0, 0, 0], uIso }],
  })

/** One of the two phases as it truly is: a share of the mass, and what it adds to the widths. */
interface Part {
  readonly structure: Structure
  readonly share: number
  readonly widths: { readonly size: number; readonly strain: number }
}
const parts: readonly Part[] = [
  {
    structure: oxide({ a: 2.8775, c: 14.19, mixing: 0.03, z: 0.2585, u: { Li: 0.012, Ni: 0.005, O: 0.009 } }),
    share: 0.88,
    widths: { size: 0.03, strain: 0.12 },
  },
  { structure: aluminium(4.0495, 0.01), share: 0.12, widths: { size: 0.012, strain: 0.06 } },
]
// a phase of mass share m has the scale m / (mass of its cell x volume of its cell)
const scaleOf = ({ structure, share }: Part): number => (50 * share) / (cellContents(structure).mass * cellVolume(structure.cell))

/** The lines of a phase, by functions that the refinement does not use. */
async function linesOf(part: Part): Promise<Float64Array> {
  const { lines } = await powderReflections(part.structure, { wavelength, twoThetaMax: 55 })
  const centre = lines.map(line => line.twoTheta)
  const { fwhm, eta } = lineWidths(centre, { ...instrument.widths, ...part.widths })
  const area = lines.map(line => scaleOf(part) * line.multiplicity * line.f2 * lorentzFactor(line.twoTheta))
  return sumPseudoVoigts(twoTheta, { centre, area, fwhm, eta }, { reach: 40 })
}
const [cathode, collector] = await Promise.all(parts.map(linesOf))
const intensity = createRandom(4).counts(cathode!.map((y, i) => y + collector![i]! + 400 - 6 * (twoTheta[i]! - 7)))

// where the refinement begins: cells a line width off, no mixing, scales, widths and displacements guessed
const start = [oxide({ a: 2.883, c: 14.22, mixing: 0, z: 0.262, u: { Li: 0.008, Ni: 0.008, O: 0.008 } }), aluminium(4.055, 0.015)]
const parameters = {
  'LNO.scale': { value: 0.5 * scaleOf(parts[0]!) },
  'Al.scale': { value: 2 * scaleOf(parts[1]!) },
  '*.size': { value: 0.05 },
  '*.strain': { value: 0.05 },
  'LNO.O1.z': { vary: true },
  '*.uIso': { vary: true },
  // atoms that share a position move alike
  'LNO.Ni2.uIso': { tie: 'LNO.Li1.uIso' },
  'LNO.Li2.uIso': { tie: 'LNO.Ni1.uIso' },
}
const ties = antisiteMixing(start[0]!, { first: ['Li1', 'Ni2'], second: ['Ni1', 'Li2'] })
const options = { wavelength, instrument, background: 3 }
const pattern = { twoTheta, intensity }
const begin = performance.now()
const plain = await rietveld(pattern, start, { ...options, parameters })
const mixed = await rietveld(pattern, start, { ...options, parameters: { ...parameters, ...ties } })
console.log(`Two refinements of ${twoTheta.length} points: ${(performance.now() - begin).toFixed(0)} ms`)

const [lno, al] = parts.map(part => part.structure)
const [lnoStart, alStart] = start
/** Parameter, where it started, what it truly is. */
const compared: readonly (readonly [name: string, from: number, truth: number])[] = [
  ['LNO.a', lnoStart!.cell.a, lno!.cell.a],
  ['LNO.c', lnoStart!.cell.c, lno!.cell.c],
  ['LNO.O1.z', lnoStart!.sites[4]!.position[2], lno!.sites[4]!.position[2]],
  ['LNO.Ni2.occupancy', 0, 0.03],
  ['LNO.Li1.uIso', 0.008, 0.012],
  ['LNO.Ni1.uIso', 0.008, 0.005],
  ['LNO.O1.uIso', 0.008, 0.009],
  ['LNO.size', 0.05, parts[0]!.widths.size],
  ['LNO.strain', 0.05, parts[0]!.widths.strain],
  ['LNO.scale', parameters['LNO.scale'].value, scaleOf(parts[0]!)],
  ['Al.a', alStart!.cell.a, al!.cell.a],
  ['Al.Al1.uIso', 0.015, 0.01],
  ['Al.size', 0.05, parts[1]!.widths.size],
  ['Al.strain', 0.05, parts[1]!.widths.strain],
  ['Al.scale', parameters['Al.scale'].value, scaleOf(parts[1]!)],
]
console.table(
  compared.map(([parameter, from, truth]) => {
    const { value, standardError } = mixed.parameters[parameter]!
    return {
      parameter,
      start: Number(from.toPrecision(5)),
      found: formatUncertain(value, standardError),
      truth: Number(truth.toPrecision(6)),
      'off / esd': standardError ? ((value - truth) / standardError).toFixed(1) : '–',
    }
  }),
)
console.table(
  Object.entries({ 'without mixing': plain, 'with mixing': mixed }).map(([model, { agreement, converged }]) => ({
    model,
    converged,
    'Rwp (%)': (100 * agreement.rwp).toFixed(2),
    'Rwp, background off (%)': (100 * agreement.rwpBackground).toFixed(2),
    'Rexp (%)': (100 * agreement.rExpected).toFixed(2),
    'χ²': agreement.chiSquare.toFixed(3),
    'R Bragg of LNO (%)': (100 * agreement.rBragg.LNO!).toFixed(2),
    'R Bragg of Al (%)': (100 * agreement.rBragg.Al!).toFixed(2),
  })),
)
console.table(
  parts.map(({ structure: { name }, share }) => {
    const { value, standardError } = mixed.massFractions!.phases[name]!
    return { phase: name, 'mass fraction': formatUncertain(value, standardError), truth: share }
  }),
)
const test = hamiltonTest(plain, mixed)
console.log(
  `Hamilton's test of the mixing: ratio ${test.ratio.toFixed(4)}, F(${test.degreesOfFreedom.join(', ')}) = ${test.f.toFixed(0)}, probability by chance ${test.probability > 0 ? test.probability.toExponential(0) : 'below 1e-300'}`,
)

const x = { values: twoTheta, label: '2θ', unit: '°' }
const marks = (phase: string, label: string) => ({
  label,
  positions: mixed.lines.filter(line => line.phase === phase).map(line => line.twoTheta),
})
await showFigure(
  'rietveld',
  linePlot(
    [
      { x, y: intensity, label: 'Intensity', unit: 'counts', name: 'Observed', marker: 'circle', markerSize: 2, lineWidth: 0 },
      { x, y: mixed.curves.calculated, name: 'Calculated' },
      { x, y: mixed.curves.background, name: 'Background' },
    ],
    {
      title: `LiNiO₂ with ${formatUncertain(100 * mixed.parameters['LNO.Ni2.occupancy']!.value, 100 * mixed.parameters['LNO.Ni2.occupancy']!.standardError!)} % Li/Ni mixing, on Al`,
      reflections: [marks('LNO', 'LiNiO₂'), marks('Al', 'Al')],
      residual: 'difference',
    },
  ),
)
