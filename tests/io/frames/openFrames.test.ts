import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collect, createDataset } from 'operando'
import { openFrames, save } from 'operando/io/node'
import { createGeometry, createIntegrator, integrate } from 'operando/scattering'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rejection } from '../../errorCode.js'
import reference from '../../reference/io/eiger.json'
import { tiffBytes } from '../imageBytes.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'operando-frames-'))
  for (const [name, base64] of Object.entries(reference.files)) writeFileSync(join(folder, name), Buffer.from(base64, 'base64'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('frames of an EIGER, bitshuffle and LZ4', () => {
  it(`are those that ${reference.peer} packed, over all data files`, async () => {
    const frames = await openFrames(join(folder, 'run_master.h5'))
    expect(frames.shape).toEqual([5, 8, 12])
    expect(frames.chunkShape).toEqual([1, 8, 12])
    for (let i = 4; i >= 0; i--) expect(Array.from((await frames.frame(i)).values)).toEqual(reference.frames[i])
    frames.close()
  })

  it('come with mask, saturation, geometry and time', async () => {
    const frames = await openFrames(join(folder, 'run_master.h5'))
    const [first, second] = [await frames.frame(0), await frames.frame(1)]
    // two of the file's mask, of which one is marked as well, and one that only the frame marks
    expect(Array.from(first.mask!.keys()).filter(i => first.mask![i])).toEqual([0, 13, 95])
    expect(first.warnings).toEqual([])
    expect(second.warnings.map(({ code }) => code)).toEqual(['W_SATURATED'])
    expect(frames.meta.wavelength).toBe(0.4132)
    expect(frames.meta.instrument).toBe('Dectris EIGER2 test')
    expect(frames.meta.extra).toEqual({ exposure: 0.0999, pixelSize: [7.5e-5, 7.5e-5], distance: 0.2, beam: [6, 4] })
    expect(Array.from(frames.coords.time!.values)).toEqual([0, 0.1, 0.2, 3 * 0.1, 0.4])
    frames.close()
  })

  it('tell of data files that are linked and not there', async () => {
    const frames = await openFrames(join(folder, 'run_master.h5'))
    expect(frames.warnings.map(({ code, message }) => `${code} ${message}`).join()).toMatch(/W_SEQUENCE_GAP data_000003/)
    frames.close()
    unlinkSync(join(folder, 'run_data_000001.h5'))
    const fewer = await openFrames(join(folder, 'run_master.h5'))
    expect(fewer.length).toBe(2)
    expect(Array.from((await fewer.frame(0)).values)).toEqual(reference.frames[3])
    fewer.close()
    unlinkSync(join(folder, 'run_data_000002.h5'))
    expect(await rejection(openFrames(join(folder, 'run_master.h5')))).toMatch(
      /^E_MISSING run_master.h5: none of the files.*data_000001/,
    )
    for (const [name, base64] of Object.entries(reference.files)) writeFileSync(join(folder, name), Buffer.from(base64, 'base64'))
  })

  it('are integrated one by one', async () => {
    const frames = await openFrames(join(folder, 'run_master.h5'))
    const geometry = createGeometry({
      dist: 0.2,
      poni1: 3e-4,
      poni2: 4.5e-4,
      shape: [8, 12],
      pixel1: 7.5e-5,
      wavelength: frames.meta.wavelength,
    })
    const plan = createIntegrator(geometry, { bins: 10 })
    const patterns = integrate(frames, plan)
    const whole = integrate(await collect(frames), plan)
    expect(whole.shape).toEqual([5, 10])
    for (let i = 0; i < 5; i++)
      expect(Array.from((await patterns.frame(i)).values)).toEqual(Array.from(whole.values.subarray(10 * i, 10 * i + 10)))
    frames.close()
    expect(await rejection(frames.frame(2))).toMatch(/E_IO.*after close/)
  })
})

describe('stacks of other HDF5 files', () => {
  const stack = createDataset({
    name: 'I',
    dims: ['frame', 'y', 'x'],
    shape: [3, 2, 2],
    values: Int32Array.of(1, 2, 3, 4, 5, 6, -1, 8, 9, 10, 11, 12),
    unit: 'counts',
    coords: { voltage: { dims: ['frame'], values: [3.4, 3.5, 3.6], unit: 'V' } },
  })

  it('that operando saved open with what is known of each frame', async () => {
    const path = join(folder, 'own.nxs')
    await save(path, stack, { overwrite: true })
    const frames = await openFrames(path)
    expect(Array.from(frames.coords.voltage!.values)).toEqual([3.4, 3.5, 3.6])
    const second = await frames.frame(1)
    expect(Array.from(second.values)).toEqual([5, 6, -1, 8])
    expect(Array.from(second.mask!)).toEqual([0, 0, 1, 0])
    frames.close()
    expect(await rejection(openFrames(path, { dataset: '/entry/nothing' }))).toMatch(
      /E_MISSING own.nxs: \/entry\/nothing.*It holds/,
    )
  })

  it('that are none are refused in words', async () => {
    const path = join(folder, 'none.h5')
    writeFileSync(path, 'not HDF5 at all')
    expect(await rejection(openFrames(path))).toMatch(/^E_FORMAT .*none\.h5: HDF5 cannot be read/)
    expect(await rejection(openFrames(join(folder, 'nowhere.h5')))).toMatch(/^E_MISSING/)
    const whole = Buffer.from(reference.files['run_master.h5'], 'base64')
    writeFileSync(path, whole.subarray(0, 9000))
    expect(await rejection(openFrames(path))).toMatch(/^E_FORMAT/)
  })
})

describe('folders and lists of images', () => {
  const image = (seed: number, columns = 3): Uint8Array =>
    tiffBytes([{ values: Uint16Array.from({ length: 2 * columns }, (_, i) => i + seed), columns }])

  it('are read when they are asked for, in natural order, with their numbers', async () => {
    const files = [10, 9, 2].map(n => ({ name: `scan_${n}.tif`, bytes: image(n) }))
    const frames = await openFrames(files)
    expect(frames.shape).toEqual([3, 2, 3])
    expect(Array.from(frames.coords.fileNumber!.values)).toEqual([10, 9, 2])
    expect(Array.from((await frames.frame(2)).values)).toEqual([2, 3, 4, 5, 6, 7])
    for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes)
    const there = await openFrames(folder, { match: 'scan_*.tif' })
    expect(Array.from(there.coords.fileNumber!.values)).toEqual([2, 9, 10])
  })

  it('tell the frame that is of another size, and go on with the others', async () => {
    const frames = await openFrames([
      { name: 'a1.tif', bytes: image(0) },
      { name: 'a2.tif', bytes: image(0, 4) },
      { name: 'a3.tif', bytes: image(5) },
    ])
    expect(await rejection(frames.frame(1))).toMatch(/E_SHAPE.*frame 1/)
    expect((await frames.frame(2)).values[0]).toBe(5)
    expect(await rejection(openFrames([]))).toMatch(/E_MISSING/)
  })
})
