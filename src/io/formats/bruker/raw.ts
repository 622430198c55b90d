import { fileError } from '../../context.js'
import type { Format, OpenedDataset, ReadContext } from '../../format.js'
import { scanDatasets } from '../../scans/scanDatasets.js'
import { latin1 } from '../../text/scanRows.js'
import { readRaw101 } from './raw101.js'
import { readRaw400 } from './raw400.js'

/** Bruker and Siemens DIFFRAC .raw: RAW1.01 (version 3) and RAW4.00 (version 4), all ranges. */
export const brukerRaw: Format = {
  id: 'bruker-raw',
  name: 'Bruker DIFFRAC raw',
  extensions: ['raw'],
  sniff: head => (/^RAW(?:1\.01|4\.00|2| )/.test(latin1(head, 0, Math.min(head.length, 7))) ? 0.95 : 0),
  read(bytes: Uint8Array, context: ReadContext): OpenedDataset {
    const version = latin1(bytes, 0, Math.min(bytes.length, 7))
    if (version === 'RAW1.01') return scanDatasets('bruker-raw', readRaw101(bytes, context), context)
    if (version === 'RAW4.00') return scanDatasets('bruker-raw', readRaw400(bytes, context), context)
    throw fileError(
      'E_UNSUPPORTED',
      context.name,
      `version "${version.replace(/[^ -~]/g, '.')}": RAW1.01 and RAW4.00 are read. Save it anew as one of them, or as .xy.`,
      'byte 0',
    )
  },
}
