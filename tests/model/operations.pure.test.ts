import fc from 'fast-check'
import {
  add,
  addStep,
  concat,
  convertAxis,
  convertUnit,
  createDataset,
  type Dataset,
  divide,
  dropCoord,
  maskBetween,
  maskWhere,
  mean,
  multiply,
  rebin,
  regrid,
  renameDim,
  select,
  selectNear,
  slice,
  sliceBetween,
  subtract,
  sum,
  transpose,
  withCoord,
  withMask,
  withSigma,
} from 'operando'
import { describe, expect, it } from 'vitest'
import { errorText as code } from '../errorCode.js'
import { expectClose } from '../matchers.js'

/** Everything but the history: what two ways of computing the same must share. */
const bare = ({ history: _, ...rest }: Dataset): unknown => rest

const series = (frames: number, points: number, seed = 1): Dataset<'frame' | 'q'> => {
  const size = frames * points
  const values = Float64Array.from({ length: size }, (_, i) => 50 + 40 * Math.sin(seed + i * 1.7))
  return createDataset({
    name: 'I',
    dims: ['frame', 'q'],
    shape: [frames, points],
    values,
    sigma: values.map(Math.sqrt),
    unit: 'counts',
    mask: Uint8Array.from({ length: size }, (_, i) => (i % 7 === 3 ? 1 : 0)),
    coords: {
      q: { dims: ['q'], values: Float64Array.from({ length: points + 1 }, (_, i) => 1 + 0.1 * i), unit: '1/Å', edges: true },
      time: { dims: ['frame'], values: Float64Array.from({ length: frames }, (_, i) => 60 * i), unit: 's' },
      frame: { dims: ['frame'], values: Int32Array.from({ length: frames }, (_, i) => i), unit: '' },
      map: { dims: ['frame', 'q'], shape: [frames, points], values: values.map(v => v * 2), unit: '' },
    },
    meta: { sample: 'LFP', sources: [{ name: 'a.h5' }] },
  })
}
const sizes = { frames: fc.integer({ min: 1, max: 6 }), points: fc.integer({ min: 1, max: 9 }) }

describe('select and slice', () => {
  it('take one frame with its time, and put frames together again by concat', () => {
    const run = series(4, 5)
    const frame: Dataset<'q'> = select(run, 'frame', -1)
    expect(frame.shape).toEqual([5])
    expect([...frame.values]).toEqual([...run.values.subarray(15)])
    expect([...frame.coords.time!.values]).toEqual([180])
    expect(frame.coords.map!.dims).toEqual(['q'])
    const frames = [0, 1, 2, 3].map(i => select(run, 'frame', i))
    expect(bare(concat(frames, 'frame'))).toEqual(bare(run))
  })

  it('of bin edges keep the centre of the one bin', () => {
    const at = select(series(2, 5), 'q', 2)
    expectClose(at.coords.q!.values, [1.25], { rtol: 1e-15 })
    expect(at.coords.q!.edges).toBeUndefined()
  })

  it('cut anywhere and join give the whole again', () => {
    fc.assert(
      fc.property(sizes.frames, sizes.points, fc.nat(), fc.constantFrom('frame' as const, 'q' as const), (f, p, at, dim) => {
        const run = series(f, p)
        const n = dim === 'q' ? p : f
        const cut = at % (n + 1)
        const joined = concat([slice(run, dim, 0, cut), slice(run, dim, cut)], dim)
        expect(bare(joined)).toEqual(bare(run))
      }),
    )
  })

  it('find by value, in other units, by other coords', () => {
    const run = series(4, 5)
    expect(selectNear(run, 'frame', '1.9 min', { coord: 'time' }).coords.time!.values[0]).toBe(120)
    expect(code(() => selectNear(run, 'frame', 1000, { coord: 'time' }))).toMatch(
      /E_RANGE time = 1000 s: the axis spans 0 to 180 s/,
    )
    expect(code(() => selectNear(run, 'frame', 100, { coord: 'time', tolerance: 5 }))).toMatch(/E_RANGE.*nearest is 120/)
    expect(code(() => selectNear(run, 'frame', '3 V', { coord: 'time' }))).toMatch(/E_UNIT/)
    expect(code(() => selectNear(run, 'frame', 1, { coord: 'voltage' }))).toMatch(/E_MISSING.*\[q, time, frame, map\]/)
    const part = sliceBetween(run, 'q', 1.1, '13.1 1/nm')
    expectClose(part.coords.q!.values, [1.1, 1.2, 1.3], { rtol: 1e-12 })
    expect(part.shape).toEqual([4, 2])
    expect(code(() => sliceBetween(run, 'q', 5, 6))).toMatch(/E_RANGE.*spans 1 to 1.5 1\/Å/)
  })

  it('do not cut a range in silence', () => {
    const run = series(4, 5)
    expect(code(() => slice(run, 'frame', 0, 5))).toMatch(/E_RANGE.*within 0 to 4/)
    expect(code(() => select(run, 'frame', 4))).toMatch(/E_RANGE/)
    expect(code(() => select(run, 'frame', 0.5))).toMatch(/E_RANGE/)
    expect(slice(run, 'frame', 2, 2).shape).toEqual([0, 5])
  })

  it('with a step turn edges to centres', () => {
    const thin = slice(series(2, 5), 'q', 0, 5, 2)
    expectClose(thin.coords.q!.values, [1.05, 1.25, 1.45], { rtol: 1e-12 })
  })
})

describe('transpose', () => {
  it('twice is the identity', () => {
    fc.assert(
      fc.property(sizes.frames, sizes.points, (f, p) => {
        const run = series(f, p)
        expect(bare(transpose(transpose(run)))).toEqual(bare(run))
      }),
    )
    expect(code(() => transpose(series(2, 2), ['q']))).toMatch(/E_AXIS/)
  })

  it('moves three dims and complex pairs', () => {
    const cube = createDataset({
      name: 'c',
      dims: ['a', 'b', 'c'],
      shape: [2, 3, 4],
      values: Int16Array.from({ length: 24 }, (_, i) => i),
      unit: '',
    })
    const moved = transpose(cube, ['c', 'a', 'b'])
    expect(moved.values).toBeInstanceOf(Int16Array)
    expect([...moved.values.slice(0, 6)]).toEqual([0, 4, 8, 12, 16, 20])
    const pairs = createDataset({ name: 'z', dims: ['a', 'b'], shape: [1, 2], values: [1, 2, 3, 4], unit: '', complex: true })
    expect([...transpose(pairs).values]).toEqual([1, 2, 3, 4])
  })
})

describe('concat', () => {
  it('converts units, and refuses what cannot be joined, saying where', () => {
    const a = createDataset({ name: 'E', dims: ['x'], values: [1, 2], unit: 'V' })
    const b = createDataset({ name: 'E', dims: ['x'], values: [3000], unit: 'mV' })
    expect([...concat([a, b], 'x').values]).toEqual([1, 2, 3])
    expect(code(() => concat([a, b], 'frame'))).toMatch(/E_SHAPE.*part 0 is \[x: 2\] and part 1 is \[x: 1\]/)
    expect(code(() => concat([a, withSigma(b, [1])], 'x'))).toMatch(/E_ARGUMENT.*1 of 2 parts have sigma/)
    const run = series(2, 3)
    const shifted = withCoord(run, 'q', { dims: ['q'], values: [1, 1.1, 1.25, 1.3], unit: '1/Å', edges: true })
    expect(code(() => concat([run, shifted], 'frame'))).toMatch(/E_AXIS.*'q' parts at \[2\]: 1.2 and 1.25 1\/Å/)
    expect(code(() => concat([run, run], 'q'))).toMatch(/E_AXIS.*bins that end at 1.3.*begin at 1/)
    expect(code(() => concat([], 'x'))).toMatch(/E_ARGUMENT/)
  })

  it('along a new dim takes its axis, and tells what it had to leave out', () => {
    const frame = (t: number): Dataset<'x'> =>
      createDataset({
        name: 'I',
        dims: ['x'],
        values: [t, t],
        unit: '',
        coords: { x: { dims: ['x'], values: [1, 2], unit: 'mm' }, w: { dims: ['x'], values: [t, t], unit: '' } },
      })
    const stack = concat([frame(1), frame(5)], 'frame', { coord: { values: [0, 60], unit: 's' } })
    expect(stack.dims).toEqual(['frame', 'x'])
    expect([...stack.coords.frame!.values]).toEqual([0, 60])
    expect(stack.coords.w!.dims).toEqual(['frame', 'x'])
    const joined = concat([frame(1), dropCoord(slice(frame(5), 'x', 0), 'w')], 'frame')
    expect(joined.warnings).toMatchObject([{ code: 'W_COORD_DROPPED', place: 'coord w' }])
  })
})

describe('sum and mean', () => {
  it('add sigma in quadrature and leave masked points out', () => {
    const data = createDataset({
      name: 'I',
      dims: ['f', 'x'],
      shape: [2, 3],
      values: [1, 2, 3, 10, 20, 30],
      sigma: [3, 3, 3, 4, 4, 4],
      unit: 'counts',
      mask: [false, true, true, false, false, true],
    })
    const total = sum(data, 'f')
    expect([...total.values.subarray(0, 2)]).toEqual([11, 20])
    expect([...total.sigma!.subarray(0, 2)]).toEqual([5, 4])
    expect([...total.mask!]).toEqual([0, 0, 1])
    const average = mean(data, 'f')
    expect([...average.values]).toEqual([5.5, 20, Number.NaN])
    expect([...average.sigma!.subarray(0, 2)]).toEqual([2.5, 4])
    expect([...average.mask!]).toEqual([0, 0, 1])
    expect([...sum(data, 'x').values]).toEqual([1, 30])
  })

  it('equal what a loop gives on either axis', () => {
    const run = withMask(series(5, 4), undefined)
    for (let j = 0; j < 4; j++) {
      let s = 0
      for (let i = 0; i < 5; i++) s += run.values[i * 4 + j]!
      expectClose(sum(run, 'frame').values[j]!, s, { rtol: 1e-15 })
    }
    expect(Object.keys(mean(run, 'q').coords)).toEqual(['time', 'frame'])
    expect(code(() => mean(run, 'z' as 'q'))).toMatch(/E_AXIS.*no dim 'z'; there are \[frame, q\]/)
  })
})

describe('arithmetic', () => {
  it('propagates sigma by the derivatives, right at zero', () => {
    const a = createDataset({ name: 'a', dims: ['x'], values: [6, 0], sigma: [3, 1], unit: 'V' })
    const b = createDataset({ name: 'b', dims: ['x'], values: [2, 4], sigma: [4, 2], unit: 'mA' })
    expect(multiply(a, b).unit.symbol).toBe('V mA')
    expectClose(multiply(a, b).sigma!, [Math.hypot(3 * 2, 4 * 6), 4], { rtol: 1e-15 })
    expectClose(divide(a, b).sigma!, [Math.hypot(3 / 2, (6 * 4) / 4), 0.25], { rtol: 1e-15 })
    expect(divide(a, b).unit.symbol).toBe('V/mA')
    expect(code(() => add(a, b))).toMatch(/E_UNIT.*'V'.*'mA'/)
  })

  it('subtracts what was added, and its variances add', () => {
    fc.assert(
      fc.property(sizes.frames, sizes.points, (f, p) => {
        const [a, b] = [withMask(series(f, p, 1), undefined), withMask(series(f, p, 2), undefined)]
        const back = subtract(add(a, b), b)
        expectClose(back.values, a.values, { atol: 1e-13 })
        const variance = a.sigma!.map((s, i) => Math.sqrt(s * s + 2 * b.sigma![i]! ** 2))
        expectClose(back.sigma!, variance, { rtol: 1e-14 })
        expectClose(divide(multiply(a, b), b).values, a.values, { rtol: 1e-14 })
      }),
    )
  })

  it('repeats the dims that one operand lacks, whatever their order', () => {
    const run = series(3, 4)
    const dark = select(withMask(run, undefined), 'frame', 0)
    const net = subtract(run, dark)
    expect(net.values[5]).toBe(run.values[5]! - run.values[1]!)
    expect([...net.coords.time!.values]).toEqual([0, 60, 120])
    const flux = createDataset({ name: 'flux', dims: ['frame'], values: [1, 2, 4], unit: '' })
    expect(divide(transpose(run), flux).values[1]).toBe(run.values[4]! / 2)
    const product: Dataset<'frame' | 'q'> = multiply(flux, dark)
    expect(product.shape).toEqual([3, 4])
    expect(product.values[6]).toBe(2 * dark.values[2]!)
  })

  it('converts the second operand, takes scalars with units, keeps references of potentials', () => {
    const e = createDataset({ name: 'E', dims: ['x'], values: [3.5], unit: 'V vs Li/Li+' })
    expect(add(e, '100 mV').values[0]).toBeCloseTo(3.6, 12)
    expect(add(e, 1).unit.symbol).toBe('V vs Li/Li+')
    expect(subtract(e, e).unit.symbol).toBe('V')
    expect(code(() => add(e, createDataset({ name: 'n', dims: ['x'], values: [1], unit: 'V vs Na/Na+' })))).toMatch(/E_UNIT/)
    const t = createDataset({ name: 'T', dims: [], values: [25], unit: '°C' })
    expect(subtract(t, createDataset({ name: 'T0', dims: [], values: [20], unit: '°C' }))).toMatchObject({
      values: Float64Array.of(5),
      unit: { symbol: 'K' },
    })
    expect(add(t, '5 K')).toMatchObject({ values: Float64Array.of(30), unit: { symbol: '°C' } })
    expect(code(() => add(t, t))).toMatch(/E_UNIT.*K first/)
    expect(multiply(e, 2).unit.symbol).toBe('V vs Li/Li+')
  })

  it('refuses axes that differ and says where they part; differences within the tolerance pass', () => {
    const on = (q: number[]): Dataset<'q'> =>
      createDataset({
        name: 'I',
        dims: ['q'],
        values: [1, 2, 3],
        unit: '',
        coords: { q: { dims: ['q'], values: q, unit: '1/Å' } },
      })
    expect(code(() => add(on([1, 2, 3]), on([1, 2.1, 3])))).toMatch(/E_AXIS.*parts at \[1\]: 2 and 2.1 1\/Å.*Regrid/)
    expect(add(on([1, 2, 3]), on([1, 2.1, 3]), { tolerance: 0.2 }).values[1]).toBe(4)
    expect(add(on([1, 2, 3]), on([1, 2 + 1e-9, 3])).values[1]).toBe(4)
  })

  it('masks what is divided by zero, and joins masks', () => {
    const a = createDataset({ name: 'a', dims: ['x'], values: [1, 2, 3], unit: '', mask: [true, false, false] })
    const b = createDataset({ name: 'b', dims: ['x'], values: [1, 0, 3], unit: '' })
    const ratio = divide(a, b)
    expect([...ratio.mask!]).toEqual([1, 1, 0])
    expect(ratio.warnings[0]!.code).toBe('W_DIVIDED_BY_ZERO')
  })
})

describe('masks and coords', () => {
  it('mask by condition and by range, on top of what is masked', () => {
    const data = createDataset({
      name: 'I',
      dims: ['q'],
      values: [1, Number.NaN, 3, 99],
      unit: '',
      coords: { q: { dims: ['q'], values: [1, 2, 3, 4], unit: '1/Å' } },
    })
    const finite = maskWhere(data, 'non-finite')
    expect([...finite.mask!]).toEqual([0, 1, 0, 0])
    expect([...maskWhere(finite, v => v > 50).mask!]).toEqual([0, 1, 0, 1])
    expect([...maskBetween(data, 'q', '25 1/nm', 10).mask!]).toEqual([0, 0, 1, 1])
    expect(data.mask).toBeUndefined()
  })

  it('rename and drop', () => {
    const run: Dataset<'scan' | 'q'> = renameDim(series(2, 3), 'frame', 'scan')
    expect(run.coords.time!.dims).toEqual(['scan'])
    expect(Object.keys(dropCoord(run, 'map').coords)).toEqual(['q', 'time', 'scan'])
    expect(code(() => dropCoord(run, 'nix'))).toMatch(/E_MISSING/)
    expect(code(() => renameDim(run, 'q', 'scan'))).toMatch(/E_AXIS/)
  })

  it('Poisson uncertainties are for plain counts only', () => {
    const raw = createDataset({ name: 'I', dims: ['q'], values: Uint32Array.of(0, 100), unit: 'counts' })
    expect([...withSigma(raw, 'poisson').sigma!]).toEqual([1, 10])
    expect(code(() => withSigma(divide(raw, '1 s'), 'poisson'))).toMatch(/E_UNIT/)
  })
})

describe('units', () => {
  it('convert values and sigma, minding the zero of °C', () => {
    const t = createDataset({ name: 'T', dims: ['frame'], values: [25, 60], sigma: [1, 2], unit: '°C' })
    const kelvin = convertUnit(t, 'K')
    expectClose(kelvin.values, [298.15, 333.15], { rtol: 1e-15 })
    expect([...kelvin.sigma!]).toEqual([1, 2])
    const e = createDataset({ name: 'E', dims: [], values: Float32Array.of(3), sigma: Float32Array.of(0.5), unit: 'V vs Li/Li+' })
    expect([...convertUnit(e, 'mV vs Li/Li+').values]).toEqual([3000])
    expect([...convertUnit(e, 'mV vs Li/Li+').sigma!]).toEqual([500])
    expect(code(() => convertUnit(e, 'mV'))).toMatch(/E_UNIT/)
    expect(code(() => convertUnit(t, 'eV'))).toMatch(/E_UNIT/)
  })
})

it('operands count as independent, even where they are the same numbers', () => {
  const a = createDataset({ name: 'a', dims: ['x'], values: [3], sigma: [0.5], unit: 'V' })
  expect([...subtract(a, a).values]).toEqual([0])
  expectClose(subtract(a, a).sigma!, [Math.SQRT2 * 0.5], { rtol: 1e-15 })
  expectClose(multiply(a, a).sigma!, [Math.SQRT2 * 3 * 0.5], { rtol: 1e-15 })
})

describe('every operation', () => {
  const run = series(3, 4)
  const frame = select(run, 'frame', 1)
  const before = structuredClone({ run, frame })
  const operations: Readonly<Record<string, () => Dataset>> = {
    select: () => select(run, 'frame', 1),
    selectNear: () => selectNear(run, 'frame', '1 min', { coord: 'time' }),
    slice: () => slice(run, 'q', 1),
    sliceBetween: () => sliceBetween(run, 'q', 1.1, 1.3),
    transpose: () => transpose(run),
    'concat along its dim': () => concat([run, run], 'frame'),
    'concat along a new dim': () => concat([frame, frame], 'frame'),
    sum: () => sum(run, 'q'),
    mean: () => mean(run, 'frame'),
    add: () => add(run, frame),
    subtract: () => subtract(run, 2),
    multiply: () => multiply(run, run),
    divide: () => divide(run, '2 s'),
    withMask: () => withMask(run, new Uint8Array(12)),
    maskWhere: () => maskWhere(run, v => v > 60),
    maskBetween: () => maskBetween(run, 'q', 1, 1.2),
    withSigma: () => withSigma(run, 'poisson'),
    withCoord: () => withCoord(run, 'v', { dims: ['frame'], values: [1, 2, 3], unit: 'V' }),
    dropCoord: () => dropCoord(run, 'map'),
    renameDim: () => renameDim(run, 'q', 'Q'),
    convertUnit: () => convertUnit(run, 'kcounts'),
    rebin: () => rebin(run, 'q', [1, 1.15, 1.4], { kind: 'counts' }),
    regrid: () => regrid(run, 'q', [1.1, 1.2], { method: 'pchip' }),
    convertAxis: () => convertAxis(run, 'q', 'd', { values: 'density', order: 'rising' }),
    addStep: () => addStep(run, 'mine'),
  }

  it.each(Object.keys(operations))('%s leaves its inputs alone, gives frozen plain data, and tells its step', name => {
    const result = operations[name]!()
    const steps = result.history.slice(name === 'concat along a new dim' ? 1 : 0)
    const step = { addStep: 'mine', selectNear: 'select' }[name] ?? name.split(' ')[0]
    expect(steps.map(s => s.op)).toEqual([step])
    expect(Object.isFrozen(result) && Object.isFrozen(result.coords) && Object.isFrozen(result.dims)).toBe(true)
    expect(structuredClone(result)).toEqual(result)
    expect({ run, frame }).toEqual(before)
    // what comes out is a Dataset that creation would pass
    const again = createDataset({ ...result })
    expect(bare(again)).toEqual(bare(result))
  })
})
