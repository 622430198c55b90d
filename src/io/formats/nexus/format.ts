import type { Format, Opened } from '../../format.js'
import { isHdf5 } from '../../hdf5/h5.js'
import { readNexus } from './read.js'

/**
 * NeXus/HDF5. A file with Datasets opens as `dataset` (the default plot, the rest in `others`); one with a cycler record only as
 * `electrochemistry`. `readNexus` gives everything at once.
 */
export const nexus: Format = {
  id: 'nexus',
  name: 'NeXus / HDF5',
  extensions: ['nxs', 'h5', 'hdf5', 'hdf', 'nexus'],
  sniff: head => (isHdf5(head) ? 1 : 0),
  async read(bytes, context): Promise<Opened> {
    const content = await readNexus(bytes, { file: context.name })
    context.warnings.push(...content.warnings)
    const [dataset, ...others] = content.datasets
    const [record, ...more] = Object.entries(content.electrochemistry)
    if (dataset) {
      if (record)
        context.warn(
          'W_MORE',
          `the file also holds the cycler record ${[record, ...more].map(([name]) => name).join(', ')}: readNexus returns it`,
        )
      return { kind: 'dataset', format: 'nexus', dataset, others, warnings: [...dataset.warnings, ...context.warnings] }
    }
    // readNexus throws when there is neither
    const [, electrochemistry] = record!
    if (more.length > 0)
      context.warn(
        'W_MORE',
        `the file holds further cycler records: ${more.map(([name]) => name).join(', ')}; readNexus returns them`,
      )
    return {
      kind: 'electrochemistry',
      format: 'nexus',
      electrochemistry,
      warnings: [...electrochemistry.warnings, ...context.warnings],
    }
  },
}
