import { capacityScales, type RecordLayout } from './rows.js'

/** How one version and type of .ndc lays out its pages. */
export interface NdcLayout {
  /** Bytes of a page; the first is the header. */
  readonly page: number
  /** Where the records begin in a page. */
  readonly begin: number
  /** Whether bits in the page tell which records are filled; else those with an index are. */
  readonly bits: boolean
  /** A record. */
  readonly record: RecordLayout
}

/** What the records of an .ndc are, by the number in its first byte. */
export const NDC_TYPES = { rows: 1, sensor: 5, steps: 7, marks: 18 } as const

const paged = (record: RecordLayout): NdcLayout => ({ page: 4096, begin: 132, bits: true, record })

/** Rows of the first versions hold everything; they begin `at` bytes into a record of so many bytes. */
const wholeRow = (at: number, length: number): RecordLayout => ({
  length,
  fields: {
    index: [at, 'u4'],
    cycle: [at + 4, 'u4'],
    stepIndex: [at + 8, 'u1'],
    stepType: [at + 9, 'u1'],
    stepTime: [at + 15, 'u8'],
    potential: [at + 23, 'i4'],
    current: [at + 27, 'i4'],
    charge: [at + 35, 'i8'],
    discharge: [at + 43, 'i8'],
    chargeEnergy: [at + 51, 'i8'],
    dischargeEnergy: [at + 59, 'i8'],
    year: [at + 67, 'u2'],
    month: [at + 69, 'u1'],
    day: [at + 70, 'u1'],
    hour: [at + 71, 'u1'],
    minute: [at + 72, 'u1'],
    second: [at + 73, 'u1'],
    range: [at + 74, 'i4'],
  },
  scales: {
    stepTime: 1e-3,
    potential: 1e-4,
    ...capacityScales(1 / 3600),
  },
})

const sensor = (at: number, length: number): RecordLayout => ({
  length,
  fields: { index: [at, 'u4'], auxVoltage: [at + 23, 'i4'], temperature: [at + 33, 'i2'], setTemperature: [at + 35, 'i2'] },
  scales: { auxVoltage: 1e-4, temperature: 0.1, setTemperature: 0.1 },
})

/** Later versions split a row: potential and current here, time and capacity of some rows in type 18, the steps in type 7. */
const pair = (potential: number, current: number): RecordLayout => ({
  length: 8,
  fields: { potential: [0, 'f4'], current: [4, 'f4'] },
  scales: { potential, current },
})

const voltAndTemperature: RecordLayout = {
  length: 7,
  fields: { auxVoltage: [1, 'f4'], temperature: [5, 'i2'] },
  scales: { auxVoltage: 1e-4, temperature: 0.1 },
}

const bareValue: RecordLayout = { length: 4, fields: { auxValue: [0, 'f4'] } }

const steps = (length: number): RecordLayout => ({
  length,
  fields: { cycle: [0, 'u4'], stepIndex: [4, 'u4'], stepType: [24, 'u1'] },
})

/** Marks of rows. Capacities are in mA s or, in versions 14 and 17, in A h. */
const marks = (length: number, capacity: number): RecordLayout => ({
  length,
  fields: {
    stepTime: [0, 'u4'],
    charge: [5, 'f4'],
    discharge: [9, 'f4'],
    chargeEnergy: [13, 'f4'],
    dischargeEnergy: [17, 'f4'],
    interval: [29, 'i4'],
    unixTime: [33, 'u4'],
    stepCount: [37, 'u4'],
    index: [41, 'u4'],
    unixMilliseconds: [45, 'u2'],
  },
  scales: {
    stepTime: 1e-3,
    interval: 1e-3,
    ...capacityScales(capacity),
  },
})

/** Layouts by version / type. Facts of public readers, proved on files beside which the maker's own export stands. */
export const NDC_LAYOUTS: Readonly<Record<string, NdcLayout>> = {
  '2/1': { page: 512, begin: 5, bits: false, record: wholeRow(8, 94) },
  '2/5': { page: 512, begin: 5, bits: false, record: sensor(8, 94) },
  '5/1': paged(wholeRow(1, 87)),
  '5/5': paged(sensor(1, 87)),
  '11/1': paged(pair(1e-4, 1)),
  '11/5': paged(voltAndTemperature),
  '11/5 of kind 116': paged({
    length: 88,
    fields: { index: [1, 'i4'], channel: [5, 'i1'], temperature: [35, 'i2'] },
    scales: { temperature: 0.1 },
  }),
  '11/7': paged(steps(37)),
  '11/18': paged(marks(47, 1 / 3600)),
  '14/1': paged(pair(1, 1000)),
  '14/5': paged(bareValue),
  '14/7': paged(steps(37)),
  '14/18': paged(marks(55, 1000)),
  '16/1': paged(pair(1e-4, 1)),
  '16/5': paged(voltAndTemperature),
  '16/7': paged(steps(100)),
  '16/18': paged(marks(100, 1 / 3600)),
  '17/1': paged(pair(1, 1000)),
  '17/5': paged(bareValue),
  '17/7': paged(steps(100)),
  '17/18': paged(marks(100, 1000)),
}
