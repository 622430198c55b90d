/**
 * What must not compile, and which dims results have. `npm run typecheck` is the test: a line marked @ts-expect-error that compiles is an error, and so is
 * `holds<false>()`. Nothing here runs.
 */

import ndarray, { type NdArray } from 'ndarray'
import {
  type Angle,
  type Area,
  add,
  type CRate,
  collect,
  concat,
  convertAxis,
  createCell,
  createDataset,
  type Dataset,
  type Duration,
  divide,
  type Energy,
  type FrameSource,
  frameSource,
  type InverseLength,
  type Length,
  type Mass,
  maskBetween,
  mean,
  type Operand,
  type Potential,
  type RealArray,
  rebin,
  regrid,
  renameDim,
  select,
  selectNear,
  slice,
  sliceBetween,
  subtract,
  sum,
  type Temperature,
  toValue,
  transpose,
  View,
  view,
  withCoord,
} from 'operando'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type DimsOf<D> = D extends Dataset<infer Dim> ? Dim : never
const holds = <_ extends true>(): void => {}

declare const run: Dataset<'frame' | 'q'>
declare const frame: Dataset<'q'>
declare const image: Dataset<'y' | 'x'>

export function dimsOfResults(): void {
  const made = createDataset({ name: 'I', dims: ['frame', 'q'], shape: [1, 2], values: [1, 2], unit: '' })
  holds<Equal<typeof made, Dataset<'frame' | 'q'>>>()
  const one = select(run, 'frame', 0)
  holds<Equal<DimsOf<typeof one>, 'q'>>()
  const near = selectNear(run, 'frame', '3 h', { coord: 'time' })
  holds<Equal<DimsOf<typeof near>, 'q'>>()
  const number = mean(mean(run, 'frame'), 'q')
  holds<Equal<DimsOf<typeof number>, never>>()
  const total = sum(run, 'q')
  holds<Equal<DimsOf<typeof total>, 'frame'>>()
  const part = slice(run, 'q', 0, 5)
  holds<Equal<DimsOf<typeof part>, 'frame' | 'q'>>()
  const series = concat([frame, frame], 'frame')
  holds<Equal<DimsOf<typeof series>, 'frame' | 'q'>>()
  const longer = concat([run, run], 'frame')
  holds<Equal<DimsOf<typeof longer>, 'frame' | 'q'>>()
  const net = subtract(run, frame)
  holds<Equal<DimsOf<typeof net>, 'frame' | 'q'>>()
  const scaled = divide(frame, '10 s')
  holds<Equal<DimsOf<typeof scaled>, 'q'>>()
  const outer = add(frame, image)
  holds<Equal<DimsOf<typeof outer>, 'q' | 'y' | 'x'>>()
  const renamed = renameDim(run, 'q', 'twoTheta')
  holds<Equal<DimsOf<typeof renamed>, 'frame' | 'twoTheta'>>()
  const d = convertAxis(run, 'q', 'd')
  holds<Equal<DimsOf<typeof d>, 'frame' | 'd'>>()
  const source = frameSource(run)
  holds<Equal<typeof source, FrameSource<'q'>>>()
  const whole = collect(source)
  holds<Equal<typeof whole, Promise<Dataset<'frame' | 'q'>>>>()
}

export function wrongDims(): void {
  // @ts-expect-error no such dim
  select(run, 'frames', 0)
  // @ts-expect-error no such dim
  selectNear(run, 'Q', 1)
  // @ts-expect-error no such dim
  slice(run, 'x', 0)
  // @ts-expect-error no such dim
  sliceBetween(run, 'twoTheta', 1, 2)
  // @ts-expect-error no such dim
  mean(run, 'x')
  // @ts-expect-error the dim is gone after the first mean
  mean(mean(run, 'frame'), 'frame')
  // @ts-expect-error no such dim
  sum(image, 'frame')
  // @ts-expect-error no such dim
  transpose(run, ['q', 'x'])
  // @ts-expect-error no such dim
  rebin(run, 'x', [0, 1], { kind: 'counts' })
  // @ts-expect-error counts or a density must be said
  rebin(run, 'q', [0, 1], {})
  // @ts-expect-error no such dim
  regrid(run, 'energy', [0, 1])
  // @ts-expect-error no such dim
  maskBetween(run, 'x', 0, 1)
  // @ts-expect-error no such dim
  renameDim(run, 'x', 'y')
  // @ts-expect-error no such dim
  convertAxis(run, 'twoTheta', 'q')
  // @ts-expect-error no such kind of axis
  convertAxis(run, 'q', 'theta')
  // @ts-expect-error a coord stands on dims of the data
  withCoord(run, 'time', { dims: ['x'], values: [1], unit: 's' })
  // @ts-expect-error an image is no pattern
  const pattern: Dataset<'q'> = image
  // @ts-expect-error a series is no single pattern
  const single: Dataset<'q'> = run
  const integrate = (frames: Dataset<'frame' | 'y' | 'x'>): Dataset<'frame' | 'y' | 'x'> => frames
  // @ts-expect-error patterns are no frames of a detector
  integrate(run)
  // @ts-expect-error values are not written
  run.values = new Float64Array(1)
  // @ts-expect-error coords are not written
  run.coords.q = undefined
  void [pattern, single]
}

export function wrongUnits(): void {
  // @ts-expect-error an energy is no length
  const length: Length = '25 eV'
  // @ts-expect-error a length is no energy
  const energy: Energy = '25 µm'
  // @ts-expect-error seconds are no minutes of arc
  const angle: Angle = '25 s'
  // @ts-expect-error a voltage is no current
  const potential: Potential = '3 mA'
  // @ts-expect-error a unit is missing
  const mass: Mass = '3'
  // @ts-expect-error no such unit
  const area: Area = '3 acre'
  // @ts-expect-error a length is no inverse length
  const q: InverseLength = '3 Å'
  // @ts-expect-error an energy is no time
  const time: Duration = '3 eV'
  // @ts-expect-error a pressure is no temperature
  const temperature: Temperature = '3 bar'
  // @ts-expect-error a current is no rate
  const rate: CRate = '2 mA'
  const fine: [Length, Length, Energy, Angle, InverseLength, CRate] = [
    '25 µm',
    '0.4133 Å',
    '7.112 keV',
    '5 mrad',
    '1.2 1/Å',
    'C/10',
  ]
  // @ts-expect-error the wavelength is a length
  convertAxis(run, 'q', 'twoTheta', { wavelength: '8 keV' })
  convertAxis(run, 'q', 'twoTheta', { energy: '8 keV' })
  // @ts-expect-error a layer's thickness is a length
  createCell({ format: 'coin', layers: [{ role: 'window', thickness: '3 eV', material: { formula: 'C', density: 2 } }] })
  toValue(fine[0], 'µm', 'thickness')
  void [length, energy, angle, potential, mass, area, q, time, temperature, rate]
}

export function views(): void {
  const operand: Operand<'q'> = frame
  const shown: NdArray<Float64Array> = new View(new Float64Array(4), [2, 2])
  // @ts-expect-error pixels of 16 bits are no doubles
  const wrong: NdArray<Float64Array> = new View(new Uint16Array(4), [2, 2])
  const own = view(frame)
  holds<Equal<typeof own, View>>()
  const theirs = view(frame, { ndarray })
  holds<Equal<typeof theirs, NdArray<RealArray>>>()
  void [operand, shown, wrong]
}
