// A folder of patterns becomes one series; what its headers tell are coordinates on the frames; a figure.
import { join } from 'node:path'
import { openSeries } from 'operando/io/node'
import { heatmap } from 'operando/plot'
import { showFigure } from './demo/showFigure.js'
import { SIMULATED } from './demo/simulated.js'

const patterns = await openSeries(join(SIMULATED, 'frames'), { axis: 'twoTheta' })

// dims are part of the type: Dataset<'frame' | 'twoTheta'>
console.log(`${patterns.shape.join(' x ')} values along ${patterns.dims.join(', ')}, in ${patterns.unit.symbol}`)
const { time, exposure } = patterns.coords
console.table(
  [0, 1, 18, 40, 79].map(i => ({
    frame: i,
    'time (s)': time!.values[i],
    'exposure (s)': exposure!.values[i],
    file: patterns.meta.sources![i]!.name,
  })),
)
for (const { message } of patterns.warnings) console.log(`! ${message}`)

await showFigure(
  'open-and-plot',
  heatmap(patterns, { norm: 'sqrt', title: 'Simulated patterns: the beam was lost once, exposures differ' }),
)
