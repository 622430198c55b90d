import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDataset } from 'operando'
import { readNexus, writeNexus } from 'operando/io'
import { describe, expect, it } from 'vitest'
import { hasSharedData, sharedPath } from '../sharedData.js'

const read = (path: string): Uint8Array => new Uint8Array(readFileSync(sharedPath(path)))

describe.skipIf(!hasSharedData)('NeXus files of others', () => {
  it('reads an NXdata series with errors, auxiliary signal and old-style neighbours', async () => {
    const { datasets } = await readNexus(read('data/io/synthetic/nxdata_series.nxs'), { file: 'nxdata_series.nxs' })
    const [main, background, old] = datasets
    expect(main!.name).toBe('I')
    expect(main!.dims).toEqual(['time', 'two_theta'])
    expect(main!.shape).toEqual([7, 50])
    expect(main!.sigma).toHaveLength(350)
    expect(main!.coords.two_theta!.unit.symbol).toBe('deg')
    expect(main!.coords.voltage!.dims).toEqual(['time'])
    expect(background!.name).toBe('bkg')
    expect(old!.name).toBe('data')
    expect(old!.coords.tth!.unit.symbol).toBe('deg')
  })

  it('reads the NXdata of an XPS file and says which fields it could not place', async () => {
    const { datasets } = await readNexus(read('data/io/nexus/vms_regular_nxxps.nxs'), { file: 'vms_regular_nxxps.nxs' })
    expect(datasets.length).toBeGreaterThan(0)
    for (const ds of datasets) expect(ds.shape.reduce((a, b) => a * b, 1)).toBe(ds.values.length)
  })

  it('says that a detector master file has no NXdata', async () => {
    await expect(readNexus(read('data/io/synthetic/eiger_master.h5'), { file: 'eiger_master.h5' })).rejects.toThrow(
      /eiger_master\.h5/,
    )
  })
})

const python = '/usr/bin/python3'
const hasH5py = existsSync(python) && spawnSync(python, ['-c', 'import h5py']).status === 0
if (!hasH5py) process.stderr.write('SKIPPED: NeXus files read back by h5py, which is not here.\n')

describe.skipIf(!hasH5py)('NeXus files of operando in h5py', () => {
  it('follow the default chain to a plottable signal with axes, units and errors', async () => {
    const ds = createDataset({
      name: 'I',
      dims: ['frame', 'q'],
      shape: [2, 3],
      values: Float64Array.of(1, 2, 3, 4, 5, 6),
      sigma: Float64Array.of(1, 1, 1, 2, 2, 2),
      unit: 'counts',
      coords: { q: { dims: ['q'], values: [1, 2, 3], unit: '1/Å' }, time: { dims: ['frame'], values: [0, 60], unit: 's' } },
    })
    const path = join(mkdtempSync(join(tmpdir(), 'operando-')), 'run.nxs')
    writeFileSync(path, await writeNexus({ datasets: [ds] }))
    const script = `
import h5py, json, sys
f = h5py.File(sys.argv[1]); g = f[f.attrs['default']]; g = g[g.attrs['default']]
s = g[g.attrs['signal']]
print(json.dumps([s[()].tolist(), s.attrs['units'], g['I_errors'][()].tolist(), list(g.attrs['axes']), g['q'][()].tolist(), g['q'].attrs['units'], g.attrs['time_indices'].tolist()]))`
    const run = spawnSync(python, ['-c', script, path], { encoding: 'utf8' })
    expect(run.stderr).toBe('')
    expect(JSON.parse(run.stdout)).toEqual([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      'counts',
      [
        [1, 1, 1],
        [2, 2, 2],
      ],
      ['.', 'q'],
      [1, 2, 3],
      '1/Å',
      [0],
    ])
  })
})
