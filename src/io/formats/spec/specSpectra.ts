import { unit } from '../../../core/unit.js'
import { createDataset } from '../../../model/createDataset.js'
import type { VariableInput } from '../../../model/createVariable.js'
import type { Dataset, Meta } from '../../../model/dataset.js'
import type { ReadContext } from '../../format.js'
import { type Curve, nanMask } from '../../scans/curves.js'
import type { SpecScan } from './parseSpec.js'

/**
 * Spectra of a scan, one a row (or several a row), on `channel`; `mcaEnergy` where the file has a calibration.
 * @param scan    The scan.
 * @param axis    Its axis.
 * @param meta    What is known of it.
 * @param context Where faults go.
 */
export function specSpectra(scan: SpecScan, axis: Curve | undefined, meta: Meta, context: ReadContext): Dataset[] {
  const { spectra } = scan
  const [first] = spectra
  if (!first) return []
  const channels = first.length
  const rows = Math.max(scan.rows.length, 1)
  const per = spectra.length / rows
  if (!Number.isInteger(per) || spectra.some(one => one.length !== channels)) {
    context.fault(
      'E_FORMAT',
      `scan ${scan.key}: ${spectra.length} spectra (@A) of ${channels} channels do not fit ${rows} rows. Lenient mode leaves them out.`,
      `line ${scan.line}`,
    )
    return []
  }
  const many = scan.rows.length > 0 && axis !== undefined
  const [offset = 0, slope = 0, curvature = 0] = scan.calibration ?? []
  const channel = Float64Array.from({ length: channels }, (_, i) => scan.firstChannel + i)
  const calibrated: Record<string, VariableInput> =
    slope !== 0
      ? { mcaEnergy: { dims: ['channel'], values: channel.map(c => offset + c * (slope + c * curvature)), unit: unit('') } }
      : {}
  return Array.from({ length: per }, (_, k) => {
    const values = Float64Array.from(
      { length: rows * channels },
      (_, i) => spectra[Math.floor(i / channels) * per + k]![i % channels]!,
    )
    return createDataset({
      name: per === 1 ? 'mca' : `mca${k + 1}`,
      dims: many ? [axis.name, 'channel'] : ['channel'],
      shape: many ? [scan.rows.length, channels] : [channels],
      values,
      ...nanMask(values),
      unit: unit('counts'),
      coords: {
        channel: { dims: ['channel'], values: channel, unit: unit('') },
        ...calibrated,
        ...(many ? { [axis.name]: { dims: [axis.name], values: axis.values, unit: unit(axis.unit ?? '') } } : {}),
      },
      meta: { ...meta, sources: [context.source] },
      warnings: context.warnings,
    })
  })
}
