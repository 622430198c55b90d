// A curve of one's own: the relaxation of the voltage after the current is switched off.
import { join } from 'node:path'
import { openElectrochemistry } from 'operando/io/node'
import { fitCurve, formatFit } from 'operando/numeric'
import { linePlot } from 'operando/plot'
import { showFigure } from './demo/showFigure.js'
import { SIMULATED } from './demo/simulated.js'

const cell = await openElectrochemistry(join(SIMULATED, 'lfp_nmc_GCPL.mpt'))
const rows = [...cell.time.values.keys()].filter(i => cell.step[i] === 2)
const begin = cell.time.values[rows[0]!]!
const time = rows.map(i => cell.time.values[i]! - begin)
const voltage = rows.map(i => cell.potential.values[i]!)

const fit = fitCurve(time, voltage, (t, p) => p.end + p.drop * Math.exp(-t / p.tau), {
  end: 4.3,
  drop: 0.05,
  tau: { value: 300, min: 1 },
})
console.log(formatFit(fit))
console.table({
  tau: {
    'fitted (s)': fit.parameters.tau.value.toFixed(1),
    'standard error': fit.parameters.tau.standardError?.toFixed(1),
    'put in (s)': 180,
  },
})

const x = { values: time, label: 'Time after switching off', unit: 's' }
await showFigure(
  'fit-a-curve',
  linePlot(
    [
      { x, y: voltage, label: 'Voltage', unit: 'V', name: 'Measured', lineWidth: 0, marker: 'circle' },
      {
        x,
        y: time.map(t => fit.parameters.end.value + fit.parameters.drop.value * Math.exp(-t / fit.parameters.tau.value)),
        name: 'Fit',
      },
    ],
    { residual: 'difference', title: 'Relaxation of a simulated cell' },
  ),
)
