import { addStep, createDataset, createVariable, unit, VERSION } from 'operando'
import { describe, expect, it } from 'vitest'
import { errorText } from '../errorCode.js'

const map = {
  name: 'I',
  dims: ['frame', 'q'],
  shape: [2, 3],
  values: Float64Array.of(1, 2, 3, 4, 5, 6),
  sigma: Float32Array.of(1, 1, 1, 2, 2, 2),
  unit: 'counts',
  coords: {
    q: { dims: ['q'], values: [1, 1.5, 2, 2.5], unit: '1/Å', edges: true },
    time: { dims: ['frame'], values: [0, 60], unit: 's' },
    temperature: { dims: [], values: [298], unit: 'K' },
  },
} as const

describe('createDataset', () => {
  it('keeps what it is given, parses units, and freezes the shell', () => {
    const data = createDataset({ ...map, meta: { sample: 'LFP', extra: { run: { id: 3 } } } })
    expect(data.values).toBe(map.values)
    expect(data.unit).toEqual(unit('counts'))
    expect(data.coords.q!.shape).toEqual([3])
    expect(data.coords.temperature!.shape).toEqual([])
    for (const part of [
      data,
      data.dims,
      data.shape,
      data.coords,
      data.coords.q,
      data.meta,
      data.meta.extra?.run,
      data.history,
      data.warnings,
    ])
      expect(Object.isFrozen(part)).toBe(true)
    expect(structuredClone(data)).toEqual(data)
  })

  it('does not freeze or change what the caller holds', () => {
    const meta = { sample: 'LFP', extra: { run: { id: 3 } } }
    createDataset({ ...map, meta })
    expect(Object.isFrozen(meta) || Object.isFrozen(meta.extra.run)).toBe(false)
  })

  it('tells an axis that is not monotonic, and keeps it', () => {
    const data = createDataset({
      name: 'I',
      dims: ['x'],
      values: [1, 2, 3],
      unit: '',
      coords: { x: { dims: ['x'], values: [1, 3, 2], unit: 'mm' } },
    })
    expect(data.warnings).toMatchObject([{ code: 'W_AXIS_NOT_MONOTONIC', place: 'coord x[2]' }])
    const again = createDataset({ ...data })
    expect(again.warnings.length).toBe(1)
    const nan = createDataset({
      name: 'I',
      dims: ['x'],
      values: [1, 2],
      unit: '',
      coords: { x: { dims: ['x'], values: [Number.NaN, 2], unit: 'mm' } },
    })
    expect(nan.warnings[0]!.code).toBe('W_AXIS_NAN')
  })

  it('takes an axis that falls, a scalar, zero length, complex pairs, an n-d view', () => {
    expect(
      createDataset({
        name: 'd',
        dims: ['d'],
        values: [2, 1],
        unit: '',
        coords: { d: { dims: ['d'], values: [3, 2], unit: 'Å' } },
      }).warnings,
    ).toEqual([])
    expect(createDataset({ name: 's', dims: [], values: [2], unit: 'V' }).shape).toEqual([])
    expect(createDataset({ name: 'z', dims: ['x'], values: [], unit: '' }).shape).toEqual([0])
    expect(createVariable({ dims: ['r'], values: [1, 0, 0, 1], unit: '', complex: true }).shape).toEqual([2])
    const view = { data: [1, 2, 3, 4, 5, 6], shape: [3, 2], stride: [1, 3], offset: 0 }
    expect([...createVariable({ dims: ['a', 'b'], values: view, unit: '' }).values]).toEqual([1, 4, 2, 5, 3, 6])
  })

  it.each([
    ['a wrong product of the shape', { ...map, shape: [2, 4] }, /E_SHAPE I: 8 values expected.*6 found/],
    ['a missing shape', { ...map, shape: undefined }, /E_SHAPE.*shape must be said/],
    ['a dim named twice', { ...map, dims: ['q', 'q'] }, /E_SHAPE.*twice/],
    ['a short sigma', { ...map, sigma: [1, 2] }, /E_SHAPE sigma of I: 6 values expected/],
    ['a negative sigma', { ...map, sigma: [1, 1, 1, 1, -1, 1] }, /E_RANGE sigma\[4\].*variance/],
    ['an unknown unit', { ...map, unit: 'cuonts' }, /E_UNIT/],
    ['a short mask', { ...map, mask: new Uint8Array(3) }, /E_SHAPE mask/],
    ['a coord on no dim', { ...map, coords: { t: { dims: ['t'], values: [1], unit: 's' } } }, /E_AXIS coord 't'/],
    [
      'edges not said to be edges',
      { ...map, coords: { q: { dims: ['q'], values: [1, 2, 3, 4], unit: '1/Å' } } },
      /E_SHAPE.*edges: true/,
    ],
    ['values that are no numbers', { ...map, values: 'abc' }, /E_/],
    ['nothing', undefined, /E_ARGUMENT a Dataset/],
    ['no unit', { ...map, unit: undefined }, /E_MISSING a Dataset: unit is missing/],
    ['a unit that is none', { ...map, unit: 5 }, /E_UNIT/],
    ['dims as text', { ...map, dims: 'fq' }, /E_ARGUMENT.*dims/],
    [
      'a coord without dims',
      { ...map, coords: { time: { values: [0, 60], unit: 's' } } },
      /E_MISSING coord 'time': dims is missing/,
    ],
    ['a bare list as coord', { ...map, coords: { time: [0, 60] } }, /E_MISSING coord 'time'/],
    ['a mask of text', { ...map, mask: 'abcdef' }, /E_ARGUMENT mask/],
  ])('refuses %s', (_, input, message) => {
    expect(errorText(() => createDataset(input as never))).toMatch(message)
  })
})

describe('addStep', () => {
  it('adds to the history without touching the Dataset it came from', () => {
    const data = createDataset(map)
    const next = addStep(data, 'normalize', { by: 'monitor' }, ['I0'])
    expect(data.history).toEqual([])
    expect(next.history).toEqual([{ op: 'normalize', version: VERSION, parameters: { by: 'monitor' }, inputs: ['I0'] }])
    expect(next.values).toBe(data.values)
  })
})
