// Energy-dispersive diffraction through the stack of a cell: calibrate the detector, tell what each peak is, follow the phases along the depth, read the thickness of the layers.
// Everything is simulated: a white beam, a germanium detector at 3.2 degrees with its escape peaks, lead fluorescence from the shielding, a scan in steps of 5 µm.
import { createDataset, createStructure } from 'operando'
import { createRandom } from 'operando/numeric'
import { heatmap, linePlot } from 'operando/plot'
import {
  calibrateEnergy,
  depthProfileOfStack,
  type EdxrdLine,
  edxrdLines,
  energyOfSpacing,
  energyWidth,
  explainEnergies,
  findPeaks,
  fitLayer,
  gaugeVolume,
  gaussian,
} from 'operando/scattering'
import { showFigure } from './demo/showFigure.js'

const random = createRandom(2027)
const angle = 3.2143 // what the experiment has, and nobody knows

// calibration: fluorescence of lead and tungsten, lines of ceria; centres good to 0.3 channels
const channelOf = (energy: number): number => (energy + 140) / 42.5
const measured = (energy: number) => ({ value: channelOf(energy) + 0.3 * random.normal(), standardError: 0.3 })
const calibration = calibrateEnergy(
  [
    ...[59_318, 67_244, 72_805, 74_969, 84_938].map(energy => ({ energy, channel: measured(energy) })),
    ...[3.1244, 2.7058, 1.9133, 1.6317].map(spacing => ({ spacing, channel: measured(energyOfSpacing(spacing, angle)) })),
  ],
  { twoTheta: 3.2 },
)
const twoTheta = calibration.twoTheta!
console.log(
  `angle ${twoTheta.value.toFixed(4)} +/- ${twoTheta.standardError!.toFixed(4)} degrees (true ${angle}), gain ${calibration.gain.value.toFixed(3)} eV a channel`,
)

// the phases of the stack, with the depth that each layer has in truth (µm)
const metal = (element: string, a: number) =>
  createStructure({ name: element, cell: { a }, spaceGroup: 'Fm-3m', sites: [{ element, position: [0, 0, 0], uIso: 0.01 }] })
const stack = [
  { structure: metal('Al', 4.0495), top: 20, bottom: 36 },
  {
    structure: createStructure({
      name: 'LiCoO2',
      cell: { a: 2.8161, c: 14.0536, gamma: 120 },
      spaceGroup: 'R-3m',
      sites: [
        { element: 'Li', position: [0, 0, 0.5], uIso: 0.013 },
        { element: 'Co', position: [0, 0, 0], uIso: 0.004 },
        { element: 'O', position: [0, 0, 0.2605], uIso: 0.006 },
      ],
    }),
    top: 36,
    bottom: 101,
  },
  {
    structure: createStructure({
      name: 'graphite',
      cell: { a: 2.464, c: 6.711, gamma: 120 },
      spaceGroup: 'P63/mmc',
      sites: [
        { element: 'C', position: [0, 0, 0.25], uIso: 0.01 },
        { element: 'C', position: [1 / 3, 2 / 3, 0.25], uIso: 0.01 },
      ],
    }),
    top: 121,
    bottom: 199,
  },
  { structure: metal('Cu', 3.615), top: 199, bottom: 209 },
]
const beam = {
  energyRange: [45_000, 180_000] as const,
  spectrum: (energy: number) => (energy / 80_000) * Math.exp(-energy / 40_000),
  transmission: (energy: number) => Math.exp(-((52_000 / energy) ** 3)),
}
const energies = calibration.energies(Float64Array.from({ length: 700 }, (_, i) => 1100 + 4 * i))
const draw = (lines: readonly { energy: number; intensity: number }[], divergence: number): Float64Array => {
  const out = new Float64Array(energies.length)
  for (const { energy, intensity } of lines) {
    const fwhm = energyWidth(energy, divergence > 0 ? { divergence, twoTheta: twoTheta.value } : {})
    gaussian(energies, { centre: energy, fwhm, area: intensity }).forEach((v, i) => {
      out[i]! += v
    })
  }
  return out
}
// a germanium photon of 9.9 keV escapes from six in a hundred
const lost = Math.round(9886 / (energies[1]! - energies[0]!))
const withEscape = (values: Float64Array): Float64Array => values.map((v, i) => v + 0.06 * (values[i + lost] ?? 0))
const phases: { name: string; lines: EdxrdLine[]; values: Float64Array }[] = []
for (const { structure } of stack) {
  const lines = await edxrdLines(structure, { twoTheta: twoTheta.value, ...beam })
  const values = withEscape(draw(lines, 0.02))
  const strongest = Math.max(...values)
  phases.push({ name: structure.name, lines, values: values.map(v => (100 * v) / strongest) })
}
const lead = [
  { energy: 72_805, intensity: 240e3 },
  { energy: 74_969, intensity: 400e3 },
  { energy: 84_938, intensity: 160e3 },
]
const shielding = withEscape(draw(lead, 0))
const smooth = energies.map(energy => 60 * Math.exp(-energy / 60_000))

// the scan: what the gauge volume covers of each layer, in counts
const gauge = gaugeVolume({ twoTheta: twoTheta.value, incident: 12, diffracted: 100 })
console.log(`gauge volume: ${(gauge.length / 1000).toFixed(2)} mm along the beam, ${gauge.fwhm.toFixed(0)} µm across the layers`)
const depths = Float64Array.from({ length: 48 }, (_, k) => 5 * k)
const density = [4, 3, 1.5, 6]
const counts = [...depths].flatMap(z => {
  const clean = energies.map((_, i) => {
    const layers = stack.reduce(
      (sum, { top, bottom }, k) =>
        sum + density[k]! * (gauge.partBelow(bottom - z) - gauge.partBelow(top - z)) * phases[k]!.values[i]!,
      0,
    )
    return layers + 2 * smooth[i]! + shielding[i]!
  })
  return [...random.counts(clean)]
})
const scan = createDataset({
  name: 'intensity',
  dims: ['depth', 'energy'],
  shape: [depths.length, energies.length],
  values: Float64Array.from(counts),
  unit: 'counts',
  coords: {
    depth: { dims: ['depth'], values: depths, unit: 'µm' },
    energy: { dims: ['energy'], values: energies, unit: 'eV' },
  },
})

// what the peaks in the middle of the cathode are
const middle = scan.values.slice(14 * energies.length, 15 * energies.length)
const strong = findPeaks(energies, middle, { minSnr: 5 }).sort((a, b) => b.prominence - a.prominence)
const explained = await explainEnergies(
  strong.slice(0, 14).map(({ centre, prominence }) => ({ energy: centre, height: prominence })),
  { elements: ['Pb'], phases, tolerance: 250 },
)
console.table(
  explained.map(({ energy, explanations: [first, ...others] }) => ({
    'energy (keV)': (energy / 1000).toFixed(2),
    kind: first?.kind ?? 'not known',
    line: first?.label ?? '',
    'others possible': others.length,
  })),
)

// amounts by depth, faces of the layers
const references = [
  ...phases.map(({ name, values }) => ({ name, values })),
  { name: 'fluorescence', values: shielding },
  { name: 'background', values: smooth },
]
const { amounts, reducedChiSquare } = depthProfileOfStack(scan, { references })
console.table(
  stack.map(({ structure: { name }, top, bottom }) => {
    const layer = fitLayer({ depths, amounts: amounts[name]!.values, sigma: amounts[name]!.sigma, gauge })
    const told = ({ value, standardError }: { value: number; standardError: number | null }): string =>
      `${value.toFixed(1)} +/- ${standardError?.toFixed(1)}`
    return {
      layer: name,
      'top (µm)': told(layer.top),
      'true top': top,
      'thickness (µm)': told(layer.thickness),
      'true thickness': bottom - top,
    }
  }),
)
console.log(`chi² of the depths: ${Math.min(...reducedChiSquare).toFixed(2)} to ${Math.max(...reducedChiSquare).toFixed(2)}`)
await showFigure('edxrd-stack', heatmap(scan, { norm: 'sqrt', title: 'Simulated scan through a stack' }))
await showFigure(
  'edxrd-depths',
  linePlot(
    phases.map(({ name }) => ({ x: depths, y: amounts[name]!.values, sigma: amounts[name]!.sigma, name })),
    { xLabel: 'depth (µm)', yLabel: 'amount', title: 'Phases along the stack' },
  ),
)
