// The potentiostat keeps its own clock. How far is it from the beamline's, and what was the voltage of each frame?
import { join } from 'node:path'
import { openElectrochemistry, openSeries } from 'operando/io/node'
import { trendPlot } from 'operando/plot'
import { peakFitter } from 'operando/scattering'
import { ECHEM_FLAGS, estimateClock, sequence, synchronize } from 'operando/series'
import { showFigure } from './demo/showFigure.js'
import { SIMULATED } from './demo/simulated.js'

const patterns = await openSeries(join(SIMULATED, 'frames'), { axis: 'twoTheta' })
const cell = await openElectrochemistry(join(SIMULATED, 'lfp_nmc_GCPL.mpt'))

// something in the patterns that turns when the current does: the strongest line of the layered oxide
const line = await sequence(
  patterns,
  peakFitter([{ name: 'oxide', centre: 23.4 }], { profile: 'pseudoVoigt', range: [23.15, 24.1], background: 1 }),
)
const position = line.parameters['oxide.centre']!

const middle = patterns.coords.time!.values.map((t, i) => t + patterns.coords.exposure!.values[i]! / 2)
const clock = estimateClock({ time: middle, values: position.values }, cell)
console.log(
  `run seconds = ${clock.offset.toFixed(0)} + t, give or take ${clock.sigma.toFixed(0)} s, from ${clock.pairs.length} turning point`,
)

const run = synchronize(patterns, cell, { clock })
const { voltage, charge, echemFlags } = run.coords
console.table(
  [0, 10, 30, 50, 79].map(i => ({
    frame: i,
    'voltage (V)': voltage!.values[i]!.toFixed(3),
    'charge (mA h)': (charge!.values[i]! * 1000).toFixed(3),
    // outside the record there is no voltage: not the last one
    covered: (echemFlags!.values[i]! & ECHEM_FLAGS.uncovered) === 0,
  })),
)

await showFigure(
  'synchronize-two-clocks',
  trendPlot(
    [
      'voltage',
      {
        x: { values: middle, label: 'Time', unit: 's' },
        y: position.values,
        sigma: position.sigma,
        label: '2θ of the line',
        unit: '°',
      },
    ],
    { data: run, title: 'A line of the layered oxide under the voltage' },
  ),
)
