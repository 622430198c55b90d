import { readFileSync } from 'node:fs'
import { type Dataset, unit } from 'operando'
import { pearson } from 'operando/series'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { hasSharedData, sharedPath } from '../sharedData.js'

/** The float32 numbers of a small .npy file of version 1, C order. */
function npyFloat32(path: string): Float32Array {
  const bytes = readFileSync(sharedPath(path))
  return new Float32Array(Uint8Array.from(bytes.subarray(10 + bytes.readUInt16LE(8))).buffer)
}

describe.skipIf(!hasSharedData)('pearson on series of 48 frames', () => {
  for (const kind of ['two_phase', 'solid_solution']) {
    it(`gives the reference matrix of the ${kind} series`, () => {
      const { pearson: want } = JSON.parse(readFileSync(sharedPath('reference/io/series.json'), 'utf8'))[kind]
      const values = npyFloat32(`data/io/series/${kind}_f32.npy`)
      const series: Dataset<'frame' | 'q'> = {
        name: 'I',
        dims: ['frame', 'q'],
        shape: [48, 260],
        values,
        unit: unit('counts'),
        coords: {},
        meta: {},
        history: [],
        warnings: [],
      }
      const matrix = pearson(series).values
      expect(matrix).toHaveLength(48 * 48)
      expectClose(matrix.subarray(0, 48), want.row0, { atol: 1e-12, peer: 'numpy.corrcoef' })
      expectClose(
        (matrix as Float64Array).reduce((a, b) => a + b, 0),
        want.matrix.sum,
        { rtol: 1e-12 },
      )
      for (const [at, r] of Object.entries(want.at)) {
        const [i, j] = at.split(',').map(Number) as [number, number]
        expectClose(matrix[48 * i + j]!, r as number, { atol: 1e-12, peer: 'numpy.corrcoef' })
      }
    })
  }
})
