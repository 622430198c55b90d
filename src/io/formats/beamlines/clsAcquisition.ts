import type { Format } from '../../format.js'
import { latin1 } from '../../text/scanRows.js'
import { namedTable, type TableHeader } from './namedTable.js'

/** Tables of the acquisition program of the Canadian Light Source: event number first, labels by event in lines `#(1)`. The axis is the absolute energy of the monochromator. */
export const clsAcquisition: Format = {
  id: 'cls',
  name: 'CLS data acquisition',
  extensions: ['dat'],
  sniff: head => (latin1(head, 0, Math.min(head.length, 64)).startsWith('# CLS Data Acquisition') ? 0.95 : 0),
  read: (raw, context) => namedTable('cls', raw, context, headerOf),
}

function headerOf(lines: readonly string[]): TableHeader {
  // the second line of event 1 has the names that the beamline gave to the process variables of the first: "$(Detector1)"
  const rows = lines.filter(line => line.startsWith('#(1)')).map(line => [...line.matchAll(/"([^"]*)"/g)].map(match => match[1]!))
  const labels = (rows[1] ?? rows[0] ?? []).map(label => label.replace(/^\$\((.*)\)$/, '$1'))
  const found = labels.findIndex(label => /energy/i.test(label))
  return { labels, counter: 0, axis: found < 1 ? 1 : found }
}
