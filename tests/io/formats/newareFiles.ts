import { zipSync } from 'fflate'

/** A row as Neware records it: mA, V, mAh. */
export interface NewareRow {
  readonly index: number
  readonly step: number
  /** 1 CC Chg, 2 CC DChg, 4 Rest. */
  readonly type: number
  /** s in the step. */
  readonly time: number
  readonly volts: number
  readonly milliamperes: number
  readonly charge?: number
  readonly discharge?: number
  readonly cycle?: number
  /** Unix time of the row; for civil dates its UTC reading. */
  readonly unix: number
}

const EMPTY = { charge: 0, discharge: 0, cycle: 0 }

/** An .nda of version 22, 26 or 29: records of 86 bytes; currents are integers in units of a range. */
export function nda86(version: 22 | 26 | 29, rows: readonly NewareRow[], range = -100, scale = 1e-3): Uint8Array {
  const begin = 600
  const log = version === 22 ? 86 : 0
  const out = new Uint8Array(begin + log + 86 * rows.length)
  const view = new DataView(out.buffer)
  out.set(new TextEncoder().encode('NEWARE20240501'))
  view.setUint8(14, version)
  if (version === 22) {
    view.setUint8(begin, 0xaa)
    view.setUint32(begin + 2, 1, true)
  }
  rows.forEach((given, i) => {
    const row = { ...EMPTY, ...given }
    const at = begin + log + 86 * i
    view.setUint8(at, 0x55)
    view.setUint32(at + 2, row.index, true)
    view.setUint32(at + 6, row.cycle, true)
    view.setUint16(at + 10, row.step, true)
    view.setUint8(at + 12, row.type)
    view.setUint8(at + 13, row.step)
    view.setBigUint64(at + 14, BigInt(Math.round(row.time * 1000)), true)
    view.setInt32(at + 22, Math.round(row.volts * 1e4), true)
    view.setInt32(at + 26, Math.round(row.milliamperes / scale), true)
    view.setBigInt64(at + 38, BigInt(Math.round((row.charge * 3600) / scale)), true)
    view.setBigInt64(at + 46, BigInt(Math.round((row.discharge * 3600) / scale)), true)
    view.setInt32(at + 78, range, true)
    if (version === 22) view.setBigUint64(at + 70, BigInt(row.unix), true)
    else {
      const date = new Date(row.unix * 1000)
      view.setUint16(at + 70, date.getUTCFullYear(), true)
      const parts = [date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
      for (const [k, value] of parts.entries()) view.setUint8(at + 72 + k, value)
    }
  })
  return out
}

/** An .nda of version 8: records of 59 bytes, capacity without sign. */
export function nda8(rows: readonly NewareRow[]): Uint8Array {
  const begin = 600
  const out = new Uint8Array(begin + 59 * (rows.length + 1))
  const view = new DataView(out.buffer)
  out.set(new TextEncoder().encode('NEWARE20150916'))
  view.setUint8(14, 8)
  view.setUint8(begin, 0xff)
  view.setUint32(begin + 1, 1, true)
  rows.forEach((given, i) => {
    const row = { ...EMPTY, ...given }
    const at = begin + 59 * (i + 1)
    view.setUint32(at + 1, row.index, true)
    view.setUint32(at + 5, row.cycle + 1, true)
    view.setUint8(at + 9, row.step)
    view.setUint8(at + 10, row.type)
    view.setUint32(at + 11, row.time, true)
    view.setInt32(at + 15, Math.round(row.volts * 1e4), true)
    view.setInt32(at + 19, Math.round(row.milliamperes * 1e3), true)
    view.setBigInt64(at + 31, BigInt(Math.round((row.charge + row.discharge) * 3.6e6)), true)
    view.setBigUint64(at + 47, BigInt(row.unix), true)
  })
  return out
}

/** An .nda of BTS 9 (version 130): with a footer after the rows. */
export function nda130(rows: readonly NewareRow[], bts: '9.0' | '9.1', footer = true): Uint8Array {
  const length = bts === '9.0' ? 88 : 56
  const out = new Uint8Array(1024 + length * rows.length + (footer ? 200 : 0))
  const view = new DataView(out.buffer)
  out.set(new TextEncoder().encode('NEWARE20240403'))
  view.setUint8(14, 130)
  let base = 0
  rows.forEach((given, i) => {
    const row = { ...EMPTY, ...given }
    const at = 1024 + length * i
    if (bts === '9.0') {
      out.set([0x12, 0x50, 0, 7, 0x55, 0x81, 1, 6], at)
      view.setUint8(at + 9, row.step)
      view.setUint8(at + 10, row.type)
      view.setUint32(at + 16, row.index, true)
      view.setBigUint64(at + 28, BigInt(Math.round(row.time * 1e6)), true)
      view.setFloat32(at + 36, row.volts, true)
      view.setFloat32(at + 40, row.milliamperes, true)
      view.setFloat32(at + 52, row.charge * 3600, true)
      view.setFloat32(at + 60, -row.discharge * 3600, true)
      view.setBigUint64(at + 68, BigInt(row.unix) * 1_000_000n, true)
      return
    }
    if (i > 0 && row.step !== rows[i - 1]!.step) base += rows[i - 1]!.time
    const total = base + row.time
    out.set([0x55, 6, row.step, row.type], at)
    view.setUint32(at + 8, row.index, true)
    view.setUint32(at + 12, Math.floor(total), true)
    view.setUint32(at + 16, Math.round((total % 1) * 1e9), true)
    view.setFloat32(at + 20, row.milliamperes, true)
    view.setFloat32(at + 24, row.volts, true)
    view.setFloat32(at + 28, (row.charge - row.discharge) * 3600, true)
    view.setUint32(at + 36, row.cycle, true)
    view.setUint32(at + 44, row.unix, true)
    view.setFloat32(at + 52, 25 + i / 8, true)
  })
  return out
}

/** A .ndc of pages of 4096 bytes: a header, then records with the bits that say which are there. */
export function ndcPages(
  version: number,
  type: number,
  length: number,
  records: readonly ((view: DataView, at: number) => void)[],
): Uint8Array {
  const perPage = Math.floor((4096 - 133) / length)
  const pages = Math.max(1, Math.ceil(records.length / perPage))
  const out = new Uint8Array(4096 * (1 + pages))
  const view = new DataView(out.buffer)
  view.setUint8(0, type)
  view.setUint8(2, version)
  records.forEach((write, i) => {
    const page = 4096 * (1 + Math.floor(i / perPage))
    const k = i % perPage
    out[page + 4 + (k >> 3)]! |= 1 << (k & 7)
    write(view, page + 132 + length * k)
  })
  return out
}

/** Layouts of the later .ndc: bytes of a step and of a mark; factors from V, mA and mAh to what is written. */
const LATER = {
  11: { step: 37, mark: 47, volts: 1e4, current: 1, capacity: 3600 },
  14: { step: 37, mark: 55, volts: 1, current: 1e-3, capacity: 1e-3 },
  16: { step: 100, mark: 100, volts: 1e4, current: 1, capacity: 3600 },
  17: { step: 100, mark: 100, volts: 1, current: 1e-3, capacity: 1e-3 },
} as const

/** Version of a later .ndc. */
export type LaterNdc = keyof typeof LATER

/** An .ndax of the later kind: all rows have potential and current, only `marked` ones (by index) time and capacity. */
export function ndaxLater(
  version: LaterNdc,
  rows: readonly NewareRow[],
  marked: readonly number[],
  interval: number,
  more: Record<string, Uint8Array> = {},
): Uint8Array {
  const { step, mark, volts, current, capacity } = LATER[version]
  const all = rows.map(row => ({ ...EMPTY, ...row }))
  const steps = all.filter((row, i) => i === 0 || row.step !== all[i - 1]!.step)
  return zipSync({
    'data.ndc': ndcPages(
      version,
      1,
      8,
      all.map(row => (view, at) => {
        view.setFloat32(at, row.volts * volts, true)
        view.setFloat32(at + 4, row.milliamperes * current, true)
      }),
    ),
    'data_step.ndc': ndcPages(
      version,
      7,
      step,
      steps.map(row => (view, at) => {
        view.setUint32(at, row.cycle, true)
        view.setUint32(at + 4, row.step, true)
        view.setUint8(at + 24, row.type)
        if (step === 100) view.setUint32(at + 33, row.step, true)
      }),
    ),
    'data_runInfo.ndc': ndcPages(
      version,
      18,
      mark,
      all
        .filter(row => marked.includes(row.index))
        .map(row => (view, at) => {
          view.setUint32(at, Math.round(row.time * 1000), true)
          view.setFloat32(at + 5, row.charge * capacity, true)
          view.setFloat32(at + 9, row.discharge * capacity, true)
          view.setInt32(at + 29, Math.round(interval * 1000), true)
          view.setUint32(at + 33, Math.floor(row.unix), true)
          view.setUint32(at + 37, row.step, true)
          view.setUint32(at + 41, row.index, true)
          view.setUint16(at + 45, Math.round((row.unix % 1) * 1000), true)
        }),
    ),
    'TestInfo.xml': new TextEncoder().encode(
      '<?xml version="1.0" encoding="GB2312"?><root><config><TestInfo DevID="27" StartTime="2024-05-01 12:00:00" Barcode="A&amp;B"><Aux1 AuxID="4" ChlType="103"/></TestInfo></config></root>',
    ),
    ...more,
  })
}

/** An .ndax of the first kind (version 5): each row has everything. */
export function ndaxFirst(rows: readonly NewareRow[], range = 100, scale = 1e-2): Uint8Array {
  return zipSync({
    'data.ndc': ndcPages(
      5,
      1,
      87,
      rows.map(given => (view, at) => {
        const row = { ...EMPTY, ...given }
        const date = new Date(row.unix * 1000)
        view.setUint32(at + 1, row.index, true)
        view.setUint32(at + 5, row.cycle, true)
        view.setUint8(at + 9, row.step)
        view.setUint8(at + 10, row.type)
        view.setBigUint64(at + 16, BigInt(Math.round(row.time * 1000)), true)
        view.setInt32(at + 24, Math.round(row.volts * 1e4), true)
        view.setInt32(at + 28, Math.round(row.milliamperes / scale), true)
        view.setBigInt64(at + 36, BigInt(Math.round((row.charge * 3600) / scale)), true)
        view.setBigInt64(at + 44, BigInt(Math.round((row.discharge * 3600) / scale)), true)
        view.setUint16(at + 68, date.getUTCFullYear(), true)
        const parts = [date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
        for (const [k, value] of parts.entries()) view.setUint8(at + 70 + k, value)
        view.setInt32(at + 75, range, true)
      }),
    ),
  })
}
