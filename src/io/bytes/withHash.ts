import type { Meta } from '../../model/dataset.js'
import { freezeData } from '../../model/derive.js'
import type { Opened } from '../format.js'

/**
 * What was opened, with the SHA-256 of its file in `meta.sources`: the hash is worked out beside the reading.
 * @param opened What the reader made of the file.
 * @param name   Name of the file among the sources.
 * @param sha256 The hash as hex.
 */
export function withHash(opened: Opened, name: string, sha256: string): Opened {
  const filled = <T extends { readonly meta: Meta }>(of: T): T => {
    const sources = of.meta.sources?.map(source => (source.name === name ? { sha256, ...source } : source))
    return sources ? freezeData({ ...of, meta: { ...of.meta, sources } }) : of
  }
  if (opened.kind === 'dataset')
    return Object.freeze({ ...opened, dataset: filled(opened.dataset), others: Object.freeze(opened.others.map(filled)) })
  if (opened.kind === 'electrochemistry') return Object.freeze({ ...opened, electrochemistry: filled(opened.electrochemistry) })
  return opened
}
