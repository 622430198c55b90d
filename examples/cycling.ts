// Cycling data from file to numbers: capacities and efficiencies by cycle, dQ/dV, an impedance spectrum.
// The cycles are simulated here (an ideal layered oxide against lithium, with losses and a resistance), as is the spectrum.
import { createElectrochemistry } from 'operando'
import {
  cRate,
  createCircuit,
  differentialCapacity,
  fitCircuit,
  halfCycleCurve,
  kramersKronig,
  summarizeCycles,
  theoreticalCapacity,
} from 'operando/cell'
import { createRandom, formatFit } from 'operando/numeric'
import { capacityPlot, cyclingPlot, differentialCapacityPlot, nyquistPlot } from 'operando/plot'
import { showFigure } from './demo/showFigure.js'

const random = createRandom(2026)
const mass = 6.84e-3 // g
const full = theoreticalCapacity('LiNiO2') * mass // mAh

/** Potential of the electrode in equilibrium at the share of lithium taken out: two plateaus on a slope. */
const equilibrium = (out: number): number =>
  3.45 + 0.75 * out + 0.1 * Math.tanh((out - 0.28) / 0.06) + 0.08 * Math.tanh((out - 0.62) / 0.05) - 0.02 / (out + 0.05)

// 10 cycles at C/10 between 3.05 and 4.25 V with a rest after each half; a little capacity is lost in each, a little charge in each oxidation
const rows = { time: [0], current: [0], potential: [equilibrium(0.02)] }
const current = 0.1 * full // mA
let out = 0.02
const step = (i: number, seconds: number): void => {
  rows.time.push(rows.time.at(-1)! + seconds)
  rows.current.push(i)
  rows.potential.push(equilibrium(out) + 0.08 * i + 1e-4 * random.normal())
}
for (let cycle = 0; cycle < 10; cycle++) {
  const active = full * (1 - 0.012 * cycle)
  while (equilibrium(out) + 0.08 * current < 4.25) {
    out += (0.994 * current * 60) / 3600 / active
    step(current, 60)
  }
  for (let k = 0; k < 20; k++) step(0, 60)
  while (equilibrium(out) - 0.08 * current > 3.05) {
    out -= (current * 60) / 3600 / active
    step(-current, 60)
  }
  for (let k = 0; k < 20; k++) step(0, 60)
}
const cell = createElectrochemistry({
  time: rows.time,
  potential: { values: rows.potential, unit: 'V vs Li/Li+' },
  current: { values: rows.current, unit: 'mA' },
})

const per = { activeMass: mass }
const summary = summarizeCycles(cell, { per })
console.log(
  `current ${current.toFixed(3)} mA, C-rate ${cRate(current / 1000, { charge: full / 1000 }).toFixed(3)} of the theoretical charge`,
)
console.table(
  summary.cycles.map(c => ({
    cycle: c.cycle + 1,
    'charge (mAh/g)': c.chargeCapacity?.toFixed(1),
    'discharge (mAh/g)': c.dischargeCapacity?.toFixed(1),
    'coulombic efficiency (%)': c.coulombicEfficiency === null ? '' : (100 * c.coulombicEfficiency).toFixed(2),
    'energy efficiency (%)': c.energyEfficiency === null ? '' : (100 * c.energyEfficiency).toFixed(2),
    'hysteresis (mV)': c.hysteresis === null ? '' : (1000 * c.hysteresis).toFixed(0),
  })),
)

// what an impedance spectrum says of the resistance; first whether it can be trusted at all
const frequency = Array.from({ length: 57 }, (_, i) => 10 ** (5 - i / 8))
const clean = createCircuit('R0-p(R1,CPE1)-W1').impedance(
  { R0: 8, R1: 60, 'CPE1.Q': 4e-5, 'CPE1.n': 0.82, 'W1.sigma': 14 },
  frequency,
)
const noisy = (values: Float64Array): Float64Array =>
  values.map((v, i) => v + 0.003 * Math.hypot(clean.real[i]!, clean.imaginary[i]!) * random.normal())
const spectrum = { ...clean, real: noisy(clean.real), imaginary: noisy(clean.imaginary) }
const check = kramersKronig(spectrum)
console.log(
  `Kramers-Kronig: ${check.consistent ? 'consistent' : 'not consistent'}, rms ${(100 * check.rms).toFixed(2)} % of |Z| with ${check.elements} RC elements`,
)
const fit = fitCircuit(spectrum, 'R0-p(R1,CPE1)-W1')
console.log(formatFit(fit))
console.log(`${fit.starts.agreed} of ${fit.starts.tried} starts agree`)

await showFigure('cycling-capacity', cyclingPlot(cell, { against: 'capacity', per, title: 'Simulated layered oxide, C/10' }))
await showFigure('cycling-efficiency', capacityPlot(summary))
await showFigure(
  'cycling-dqdv',
  differentialCapacityPlot(
    summary.halfCycles
      .filter(half => [0, 4, 9].includes(half.cycle))
      .map(half => ({
        curve: differentialCapacity(halfCycleCurve(cell, half, { per, constantVoltage: false })),
        cycle: half.cycle,
      })),
  ),
)
await showFigure('cycling-nyquist', nyquistPlot({ spectrum, fit: fit.spectrum }))
