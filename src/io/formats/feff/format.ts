import type { Format, OpenedScatteringPath, ReadContext } from '../../format.js'
import { decodeText, looksBinary } from '../../text/decode.js'
import { parseFeffPath, TABLE_HEAD } from './feffPath.js'

/** feffNNNN.dat of FEFF 6 to 10: opened as one scattering path. */
export const feff: Format = {
  id: 'feff-path',
  name: 'FEFF scattering path',
  extensions: ['dat'],
  sniff(head: Uint8Array): number {
    if (looksBinary(head)) return 0
    const lines = decodeText(head).split(/\r\n|\r|\n/)
    if (lines.some(line => TABLE_HEAD.test(line))) return 1
    return lines.some(line => line.includes('nleg, deg, reff')) ? 0.9 : 0
  },
  read(bytes: Uint8Array, context: ReadContext): OpenedScatteringPath {
    const path = parseFeffPath(decodeText(bytes, context.options.encoding), { file: context.name })
    return { kind: 'scattering-path', format: 'feff-path', path, warnings: context.warnings }
  },
}
