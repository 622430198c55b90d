import type { Format, OpenedElectrochemistry, ReadContext } from '../../format.js'
import { decodeText, looksBinary, utf8Bytes } from '../../text/decode.js'
import { findCyclerHeader } from './findHeader.js'
import { isGamry } from './gamry.js'
import { nestedRows } from './nestedRows.js'
import { readCyclerTable } from './table.js'
import { toElectrochemistry } from './toElectrochemistry.js'

/**
 * Text tables of battery cyclers: Arbin, Neware (flat and nested), Maccor, PEC, Gamry, Basytec, Ivium, PalmSens and any other with labels for time, voltage and current, whatever their order, units
 * in the labels or in a line below them, decimal points or commas. Current is positive for oxidation at the working electrode, that is into the positive
 * terminal.
 */
export const cyclerText: Format = {
  id: 'cycler-text',
  name: 'cycler table as text',
  extensions: ['csv', 'txt', 'dta', 'tsv'],
  sniff(start: Uint8Array): number {
    const head = utf8Bytes(start)
    if (looksBinary(head)) return 0
    const lines = decodeText(head).split(/\r\n|\r|\n/)
    if (isGamry(lines) && lines[1]?.startsWith('TAG')) return 0.9
    if (nestedRows(lines)) return 0.8
    const header = findCyclerHeader(lines)
    const known = new Set(header?.labels.flatMap(label => label.quantity ?? []))
    if (!known.has('potential')) return known.has('current') && known.has('cycle') ? 0.55 : 0
    return known.has('current') ? 0.8 : 0.55
  },
  read(raw: Uint8Array, context: ReadContext): OpenedElectrochemistry {
    const electrochemistry = toElectrochemistry(readCyclerTable(raw, context), context)
    return { kind: 'electrochemistry', format: 'cycler-text', electrochemistry, warnings: electrochemistry.warnings }
  },
}
