// A plane of resonant inelastic scattering at the oxygen K edge, as oxidised oxygen in a charged cathode shows it: from incident x emitted to incident x transfer, cuts and yields.
// Simulated: oxide bands, a sharp feature at 531 eV incident and 523.7 eV emitted, the elastic line and the vibrations behind it; counts with their noise.
import { createDataset } from 'operando'
import { createRandom } from 'operando/numeric'
import { linePlot, mapPlot } from 'operando/plot'
import { cutPlane, emissionMoments, integratePlane, rixsToTransfer } from 'operando/spectroscopy'
import { showFigure } from './demo/showFigure.js'

const incident = Float64Array.from({ length: 81 }, (_, i) => 526 + 0.125 * i)
const emission = Float64Array.from({ length: 151 }, (_, j) => 517 + 0.125 * j)
const gaussian = (x: number, at: number, width: number): number => Math.exp(-(((x - at) / width) ** 2))
/** Counts expected: absorption of the bands, emission of the oxide, the oxidised oxygen in a measure of its own. */
const expected = (i: number, o: number, oxidised: number): number => {
  const absorbed = 0.8 * gaussian(i, 529, 0.7) + gaussian(i, 531.8, 1.2) + 0.6 / (1 + Math.exp(-(i - 533) / 0.7))
  const oxide = absorbed * (900 * gaussian(o, 525.2, 1.5) + 250 * gaussian(o, 521.5, 1.1))
  const vibrations = [1, 2, 3, 4, 5].reduce((sum, n) => sum + 0.6 ** n * gaussian(i - o, 0.19 * n, 0.13), 0)
  const sharp = oxidised * gaussian(i, 531, 0.45) * (650 * gaussian(o, 523.7, 0.45) + 500 * vibrations)
  return 4 + oxide + sharp + 700 * gaussian(i - o, 0, 0.15)
}
const random = createRandom(531)
const planeOf = (oxidised: number) => {
  const means = Float64Array.from({ length: emission.length * incident.length }, (_, k) =>
    expected(incident[k % incident.length]!, emission[Math.floor(k / incident.length)]!, oxidised),
  )
  const counts = means.map(mean => random.poisson(mean))
  return createDataset({
    name: 'I',
    label: 'Intensity',
    dims: ['emission', 'incident'],
    shape: [emission.length, incident.length],
    values: counts,
    sigma: counts.map(n => Math.sqrt(Math.max(n, 1))),
    unit: 'counts',
    coords: {
      emission: { dims: ['emission'], values: emission, unit: 'eV', label: 'Emitted energy' },
      incident: { dims: ['incident'], values: incident, unit: 'eV', label: 'Incident energy' },
    },
  })
}
const pristine = planeOf(0)
const charged = planeOf(1)

// losses stand on horizontal lines now; where nothing was measured there is nothing, not zero
const transfer = rixsToTransfer(
  charged,
  Float64Array.from({ length: 121 }, (_, t) => -1 + 0.125 * t),
)
const masked = transfer.mask!.reduce((sum, bad) => sum + bad, 0) / transfer.mask!.length
console.log(`transfer ${transfer.shape.join(' x ')}, ${(100 * masked).toFixed(0)} % outside what was measured`)

// the super-partial fluorescence yield picks the oxidised oxygen out of the absorption
const yields = [pristine, charged].map(plane => ({
  narrow: integratePlane(plane, 'emission', [522.9, 524.5]),
  whole: integratePlane(plane, 'emission'),
}))
const at531 = [pristine, charged].map(plane => cutPlane(plane, { along: 'incident', at: 531, width: 0.3 }))
const near = incident.findIndex(e => e >= 531)
console.table(
  ['pristine', 'charged'].map((name, k) => {
    const { narrow, whole } = yields[k]!
    const { mean, deviation } = emissionMoments(emission, at531[k]!.values, [521, 528])
    return {
      plane: name,
      'yield 522.9-524.5 eV at 531 eV': `${narrow.values[near]!.toFixed(0)} ± ${narrow.sigma![near]!.toFixed(0)}`,
      'all emission at 531 eV': whole.values[near]!.toFixed(0),
      'mean emission (eV)': mean.toFixed(2),
      'width (eV)': deviation.toFixed(2),
    }
  }),
)

await showFigure(
  'rixs-plane',
  mapPlot(charged, {
    title: 'Emitted against incident energy (simulated)',
    norm: 'sqrt',
    yDirection: 'up',
    equalAspect: false,
    height: 460,
  }),
)
await showFigure(
  'rixs-transfer',
  mapPlot(transfer, {
    title: 'Energy transfer against incident energy (simulated)',
    norm: 'sqrt',
    yDirection: 'up',
    equalAspect: false,
    height: 460,
  }),
)
const onEmission = { values: emission, label: 'Emitted energy', unit: 'eV' }
await showFigure(
  'rixs-cuts',
  linePlot(
    [
      { x: onEmission, y: at531[1]!.values, label: 'charged, 531 eV', unit: 'counts' },
      { x: onEmission, y: at531[0]!.values, label: 'pristine, 531 eV', unit: 'counts' },
      {
        x: onEmission,
        y: cutPlane(charged, { along: 'incident', at: 534, width: 0.3 }).values,
        label: 'charged, 534 eV',
        unit: 'counts',
      },
    ],
    { title: 'Emission at two incident energies', yLabel: 'Intensity' },
  ),
)
