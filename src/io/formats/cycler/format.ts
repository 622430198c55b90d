import type { Format, OpenedElectrochemistry, ReadContext } from '../../format.js'
import { decodeText, looksBinary } from '../../text/decode.js'
import { findCyclerHeader, readCyclerTable } from './table.js'
import { toElectrochemistry } from './toElectrochemistry.js'

/**
 * Text tables of battery cyclers: Arbin, Neware, Maccor, PEC, Gamry and any other with labels for time, voltage and current, whatever their order, units
 * in the labels or in a line below them, decimal points or commas. Current is positive for oxidation at the working electrode, that is into the positive
 * terminal.
 */
export const cyclerText: Format = {
  id: 'cycler-text',
  name: 'cycler table as text',
  extensions: ['csv', 'txt', 'dta', 'tsv'],
  sniff(head: Uint8Array): number {
    if (looksBinary(head)) return 0
    const header = findCyclerHeader(decodeText(head).split(/\r\n|\r|\n/))
    const known = new Set(header?.labels.flatMap(label => label.quantity ?? []))
    if (!known.has('potential')) return known.has('current') && known.has('cycle') ? 0.55 : 0
    return known.has('current') ? 0.8 : 0.55
  },
  read(raw: Uint8Array, context: ReadContext): OpenedElectrochemistry {
    const electrochemistry = toElectrochemistry(readCyclerTable(raw, context), context)
    return { kind: 'electrochemistry', format: 'cycler-text', electrochemistry, warnings: electrochemistry.warnings }
  },
}
