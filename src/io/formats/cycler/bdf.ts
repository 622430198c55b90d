import type { Format, OpenedElectrochemistry, ReadContext } from '../../format.js'
import { looksBinary } from '../../text/decode.js'
import { latin1 } from '../../text/scanRows.js'
import { readCyclerTable } from './table.js'
import { toElectrochemistry } from './toElectrochemistry.js'

const PREFERRED = ['Test Time / s', 'Voltage / V', 'Current / A']
const MACHINE = ['test_time_second', 'voltage_volt', 'current_ampere']

/** The Battery Data Format as csv: one table with names and units that programs agree on, e.g. `Test Time / s`, `Voltage / V`, `Current / A`. */
export const bdf: Format = {
  id: 'bdf',
  name: 'Battery Data Format, csv',
  extensions: ['bdf.csv', 'csv', 'bdf'],
  sniff(head: Uint8Array): number {
    if (looksBinary(head)) return 0
    const line = latin1(head, 0, head.length).split(/\r\n|\r|\n/, 1)[0]!
    return [PREFERRED, MACHINE].some(names => names.every(name => line.includes(name))) ? 0.97 : 0
  },
  read(raw: Uint8Array, context: ReadContext): OpenedElectrochemistry {
    const electrochemistry = toElectrochemistry(readCyclerTable(raw, context), context)
    return { kind: 'electrochemistry', format: 'bdf', electrochemistry, warnings: electrochemistry.warnings }
  },
}
