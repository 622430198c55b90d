import { type ClockRelation, type Dataset, type Electrochemistry, type Instant, unit, type Variable } from 'operando'

const row = (values: ArrayLike<number>, symbol: string): Variable<'row'> => ({
  dims: ['row'],
  shape: [values.length],
  values: Float64Array.from(values),
  unit: unit(symbol),
})

export interface MakeEchem {
  time: ArrayLike<number>
  potential?: ArrayLike<number>
  current?: ArrayLike<number>
  charge?: ArrayLike<number>
  x?: ArrayLike<number>
  step?: ArrayLike<number>
  cycle?: ArrayLike<number>
  segments?: { file: string; from: number; to: number }[]
  clock?: Partial<ClockRelation>
}

/** A record with zeros for what a test does not care about. */
export function makeEchem(given: MakeEchem): Electrochemistry {
  const n = given.time.length
  const zeros = new Float64Array(n)
  return {
    time: row(given.time, 's'),
    potential: row(given.potential ?? zeros, 'V'),
    current: row(given.current ?? zeros, 'A'),
    charge: row(given.charge ?? zeros, 'Ah'),
    x: given.x && row(given.x, ''),
    step: Int32Array.from(given.step ?? zeros),
    cycle: Int32Array.from(given.cycle ?? zeros),
    halfCycle: new Int32Array(n),
    mode: new Uint8Array(n),
    columns: {},
    clock: { offset: 0, rate: 1, sigma: null, pairs: [], ...given.clock },
    segments: given.segments ?? [{ file: 'a.mpt', from: 0, to: n }],
    meta: {},
    warnings: [],
  }
}

/** A run of frames with one value each. */
export function makeRun(time: ArrayLike<number>, exposure?: number, start?: Instant): Dataset<'frame'> {
  const n = time.length
  const onFrame = (values: Float64Array): Variable => ({ dims: ['frame'], shape: [n], values, unit: unit('s') })
  return {
    name: 'I',
    dims: ['frame'],
    shape: [n],
    values: new Float64Array(n),
    unit: unit('counts'),
    coords: {
      time: onFrame(Float64Array.from(time)),
      ...(exposure === undefined ? {} : { exposure: onFrame(new Float64Array(n).fill(exposure)) }),
    },
    meta: { start },
    history: [],
    warnings: [],
  }
}

export const ownClock: ClockRelation = { offset: 0, rate: 1, sigma: null, pairs: [] }
