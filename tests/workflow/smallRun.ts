import { createDataset, type Dataset } from '../../src/index.js'
import { gaussian } from '../../src/scattering/index.js'

/** Four patterns of one line that moves. */
export function smallRun(): Dataset<'frame' | 'twoTheta'> {
  const twoTheta = Float64Array.from({ length: 200 }, (_, i) => 18 + 0.01 * i)
  const values = [19, 19.02, 19.04, 19.06].flatMap(centre =>
    [...gaussian(twoTheta, { centre, fwhm: 0.15, area: 300 })].map((y, i) => Math.round(y + 50 + (i % 5))),
  )
  const coords = {
    twoTheta: { dims: ['twoTheta'], values: twoTheta, unit: 'deg' },
    time: { dims: ['frame'], values: [0, 60, 120, 180], unit: 's' },
  }
  return createDataset({ name: 'I', dims: ['frame', 'twoTheta'], shape: [4, 200], values, unit: 'counts', coords })
}

/** How it is analysed. */
export const SMALL = { wavelength: 0.7093, lines: [{ name: 'line', range: [18.5, 19.6] }] } as const
