import { isZip } from '../../bytes/unzip.js'
import { fileError } from '../../context.js'
import type { Format } from '../../format.js'
import { latin1 } from '../../text/scanRows.js'

/** A format that is recognised only to say what it is and how to get at its data. */
function unreadable(
  id: string,
  name: string,
  extensions: readonly string[],
  way: string,
  isIt: (head: Uint8Array, name: string) => boolean,
): Format {
  return {
    id,
    name,
    extensions,
    sniff: (head, file) => (isIt(head, file) ? 0.99 : 0),
    read(_bytes, context) {
      throw fileError('E_UNSUPPORTED', context.name, `this is ${name}, which operando does not read. ${way}`)
    },
  }
}

/** Binary files of cyclers that are told apart from damaged ones. */
export const unreadableCyclers: readonly Format[] = [
  unreadable(
    'excel',
    'an Excel workbook',
    ['xlsx', 'xls'],
    'Save its sheet as csv and open that.',
    (head, name) => (isZip(head) && /\.xls[xm]$/.test(name)) || latin1(head, 0, 8) === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  ),
]
