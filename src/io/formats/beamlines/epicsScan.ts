import type { Format } from '../../format.js'
import { latin1 } from '../../text/scanRows.js'
import { namedTable, type TableHeader } from './namedTable.js'

/** Text of the scan programs of GSECARS before XDI: `; Epics Scan 1 dimensional scan`, columns named in lines `; D1 = {I0} --> PV`. */
export const epicsScan: Format = {
  id: 'epics-scan',
  name: 'Epics scan',
  extensions: [],
  sniff: head => (/^;\s*Epics Scan 1 dimensional scan/i.test(latin1(head, 0, Math.min(head.length, 64))) ? 0.95 : 0),
  read: (raw, context) => namedTable('epics-scan', raw, context, headerOf),
}

function headerOf(lines: readonly string[]): TableHeader {
  const labels = lines.flatMap(line => /^;\s*[PD]\d+\s*=\s*\{([^}]*)\}/.exec(line)?.[1]?.trim() ?? [])
  const found = labels.findIndex(label => /energy/i.test(label))
  return { labels, axis: Math.max(found, 0) }
}
