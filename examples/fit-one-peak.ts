// One line of one pattern: position, area, width, each with its standard error, and the lattice parameter that follows.
import { join } from 'node:path'
import { createDataset } from 'operando'
import { openDataset } from 'operando/io/node'
import { formatFit } from 'operando/numeric'
import { linePlot } from 'operando/plot'
import { fitPeaks, latticeParameter } from 'operando/scattering'
import { showFigure } from './demo/showFigure.js'
import { SIMULATED } from './demo/simulated.js'

const opened = await openDataset(join(SIMULATED, 'frames/lfp_nmc_001.xy'))
// counts: the uncertainty is their square root
const pattern = createDataset({ ...opened, sigma: Float64Array.from(opened.values, Math.sqrt) })

const fit = fitPeaks(pattern, [{ name: 'Cu 111', centre: 22.86 }], {
  profile: 'pseudoVoigt',
  range: [22.5, 23.2],
  background: 1,
  wavelength: 0.8266,
  curves: true,
})
console.log(formatFit(fit))

const peak = fit.peaks[0]!
const a = latticeParameter(peak, [1, 1, 1])
console.table({
  'Cu 111': {
    'centre (°)': peak.centre.value.toFixed(4),
    area: peak.area.value.toFixed(1),
    'fwhm (°)': peak.fwhm.value.toFixed(4),
    'a (Å)': a.value.toFixed(4),
    'sigma of a': a.standardError?.toPrecision(1),
    // the zero of 2theta of the simulated instrument is 0.008° off: that is what the difference tells
    'true a (Å)': 3.6149,
  },
})

const { data, fitted, background } = fit.curves!
const x = { values: fit.curves!.x, label: '2θ', unit: '°' }
await showFigure(
  'fit-one-peak',
  linePlot(
    [
      { x, y: data, sigma: data.map(Math.sqrt), label: 'Intensity', unit: 'counts', name: 'Measured' },
      { x, y: fitted, name: 'Fit' },
      { x, y: background, name: 'Background' },
    ],
    { residual: 'difference', title: 'Cu 111 of the collector' },
  ),
)
