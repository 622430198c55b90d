import type { NexusContent } from '../../io/formats/nexus/write.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset } from '../../model/dataset.js'
import type { DiffractionAnalysis } from '../diffraction/analyseDiffraction.js'

/**
 * What the NeXus file of an analysis holds: the patterns with voltage and charge on their frames, every trend with its uncertainty, the correlation of the
 * patterns, the record of the potentiostat.
 * @param analysis The analysis.
 * @example
 * ```ts
 * import { writeNexus } from 'operando/io'
 * import { type DiffractionAnalysis, resultContent } from 'operando/workflow'
 * const fileOf = (analysis: DiffractionAnalysis): Promise<Uint8Array> => writeNexus(resultContent(analysis))
 * ```
 */
export function resultContent(analysis: DiffractionAnalysis): NexusContent {
  const { run, trends, patternCorrelation, electrochemistry, phaseFit, lineFits } = analysis
  const quality = [
    ...(phaseFit ? [named(phaseFit.result.quality, 'reducedChiSquare')] : []),
    ...lineFits.map(({ lines, result }) => named(result.quality, `reducedChiSquare ${lines.map(l => l.name).join('+')}`)),
  ]
  return {
    datasets: [run, ...Object.values(trends), ...quality, patternCorrelation].map(withFrameAxis),
    electrochemistry: electrochemistry ? { cell: electrochemistry } : undefined,
  }
}

const named = (data: Dataset, name: string): Dataset => ({ ...data, name })

/** Viewers want an axis: the number of the frame where the series has none. */
function withFrameAxis(data: Dataset): Dataset {
  if (!data.dims.includes('frame') || data.coords.frame) return data
  const n = data.shape[data.dims.indexOf('frame')]!
  const values = Int32Array.from({ length: n }, (_, i) => i)
  return createDataset({ ...data, coords: { ...data.coords, frame: { dims: ['frame'], values, unit: '', label: 'Frame' } } })
}
