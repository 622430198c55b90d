import { capacityScales, type RecordLayout } from './rows.js'

/** How one version of .nda lays out its records. */
export interface NdaLayout {
  /** Bytes with which the first record begins. */
  readonly first: readonly number[]
  /** From where to look for it. */
  readonly search: number
  /** Place of the byte that tells records apart. */
  readonly kindAt: number
  /** Its value in rows. */
  readonly rowKind: number
  /** All values that it may have. */
  readonly kinds: readonly number[]
  /** Whether a block of another kind ends the records. */
  readonly footer: boolean
  /** A row. */
  readonly row: RecordLayout
  /** Sensors, if they are recorded. */
  readonly aux?: RecordLayout | undefined
  /** Kind of the records of sensors; absent: they stand in the rows. */
  readonly auxKind?: number | undefined
}

const ROW = 0x55
const AUX = 0x65
const LOG = 0xaa
const START = 0xff

const rowOf86 = (when: RecordLayout['fields']): RecordLayout => ({
  length: 86,
  fields: {
    kind: [0, 'u1'],
    index: [2, 'u4'],
    cycle: [6, 'u4'],
    stepIndex: [10, 'u2'],
    stepType: [12, 'u1'],
    stepCount: [13, 'u1'],
    stepTime: [14, 'u8'],
    potential: [22, 'i4'],
    current: [26, 'i4'],
    charge: [38, 'i8'],
    discharge: [46, 'i8'],
    chargeEnergy: [54, 'i8'],
    dischargeEnergy: [62, 'i8'],
    range: [78, 'i4'],
    ...when,
  },
  // currents, capacities and energies besides follow the range
  scales: {
    stepTime: 1e-3,
    potential: 1e-4,
    ...capacityScales(1 / 3600),
  },
})

const CIVIL: RecordLayout['fields'] = {
  year: [70, 'u2'],
  month: [72, 'u1'],
  day: [73, 'u1'],
  hour: [74, 'u1'],
  minute: [75, 'u1'],
  second: [76, 'u1'],
}

const AUX_86: RecordLayout = {
  length: 86,
  fields: { kind: [0, 'u1'], channel: [1, 'u1'], index: [2, 'u4'], auxVoltage: [22, 'i4'], temperature: [34, 'i2'] },
  scales: { auxVoltage: 1e-4, temperature: 0.1 },
}

const civil: NdaLayout = {
  first: [ROW, 0, 1, 0, 0, 0],
  search: 512,
  kindAt: 0,
  rowKind: ROW,
  kinds: [ROW, AUX, LOG],
  footer: false,
  row: rowOf86(CIVIL),
  aux: AUX_86,
  auxKind: AUX,
}

/** Layouts by version (byte 14). Facts of public readers, proved on files beside which the maker's own export stands. */
export const NDA_LAYOUTS: Readonly<Record<string, NdaLayout>> = {
  '8': {
    first: [START, 1, 0, 0, 0],
    search: 512,
    kindAt: 0,
    rowKind: 0,
    kinds: [0, START],
    footer: false,
    row: {
      length: 59,
      fields: {
        kind: [0, 'u1'],
        index: [1, 'u4'],
        cycle: [5, 'u4'],
        stepIndex: [9, 'u1'],
        stepType: [10, 'u1'],
        stepTime: [11, 'u4'],
        potential: [15, 'i4'],
        current: [19, 'i4'],
        capacity: [31, 'i8'],
        energy: [39, 'i8'],
        unsigned: [0, 'u1'],
        unixTime: [47, 'u8'],
      },
      scales: { potential: 1e-4, current: 1e-3, capacity: 1 / 3.6e6, energy: 1 / 3.6e6 },
    },
  },
  '22': { ...civil, first: [LOG, 0, 1, 0, 0, 0], row: rowOf86({ unixTime: [70, 'u8'] }), aux: undefined, auxKind: undefined },
  '26': civil,
  '29': civil,
  '130': {
    first: [0x12, 0x50, 0, 7, ROW, 0x81, 1, 6],
    search: 1024,
    kindAt: 4,
    rowKind: ROW,
    kinds: [ROW, 0x58, 0x59, AUX],
    footer: true,
    row: {
      length: 88,
      fields: {
        kind: [4, 'u1'],
        stepIndex: [9, 'u1'],
        stepType: [10, 'u1'],
        index: [16, 'u4'],
        stepTime: [28, 'u8'],
        potential: [36, 'f4'],
        current: [40, 'f4'],
        charge: [52, 'f4'],
        chargeEnergy: [56, 'f4'],
        discharge: [60, 'f4'],
        dischargeEnergy: [64, 'f4'],
        unixTime: [68, 'u8'],
      },
      scales: {
        stepTime: 1e-6,
        ...capacityScales(1 / 3600),
        unixTime: 1e-6,
      },
    },
  },
  '130 of BTS 9.1': {
    first: [ROW],
    search: 1024,
    kindAt: 0,
    rowKind: ROW,
    kinds: [ROW],
    footer: true,
    row: {
      length: 56,
      fields: {
        kind: [0, 'u1'],
        stepIndex: [2, 'u1'],
        stepType: [3, 'u1'],
        index: [8, 'u4'],
        totalTime: [12, 'u4'],
        nanoseconds: [16, 'u4'],
        current: [20, 'f4'],
        potential: [24, 'f4'],
        capacity: [28, 'f4'],
        energy: [32, 'f4'],
        cycle: [36, 'u4'],
        unixTime: [44, 'u4'],
        unixNanoseconds: [48, 'u4'],
      },
      scales: { capacity: 1 / 3600, energy: 1 / 3600 },
    },
    aux: { length: 56, fields: { temperature: [52, 'f4'] } },
  },
}
