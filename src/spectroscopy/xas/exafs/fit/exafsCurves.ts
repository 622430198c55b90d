import type { ExafsProblem } from './exafsProblem.js'
import type { ExafsCurve, ExafsCurves } from './fittedTypes.js'
import type { OpenSet } from './openSet.js'

/**
 * Data, model and paths of a spectrum as curves in k and R.
 * @param set        The spectrum.
 * @param index      Which it is.
 * @param problem    Data and model.
 * @param parameters All parameters.
 * @param rmaxOut    Where curves in R end, Å.
 */
export function exafsCurves(
  set: OpenSet,
  index: number,
  problem: ExafsProblem,
  parameters: Float64Array,
  rmaxOut: number,
): ExafsCurves {
  const { k, transform, paths } = set
  const { rstep } = transform
  const m = Math.min(Math.round(Math.PI / (2 * (k[1]! - k[0]!)) / rstep), Math.trunc(1.01 + rmaxOut / rstep))
  const r = Float64Array.from({ length: m }, (_, i) => i * rstep)
  const bins = new Float64Array(2 * m)
  const curve = (chi: Float64Array): ExafsCurve => {
    transform.toR(chi, 0, bins)
    const [re, im, magnitude] = [new Float64Array(m), new Float64Array(m), new Float64Array(m)]
    for (let i = 0; i < m; i++) {
      re[i] = bins[2 * i]!
      im[i] = bins[2 * i + 1]!
      magnitude[i] = Math.hypot(re[i]!, im[i]!)
    }
    return { chi, re, im, magnitude }
  }
  // tables of paths may end before the data do
  const end = Math.min(...paths.map(path => path.end))
  let to = k.length
  while (k[to - 1]! > end + 1e-6) to--
  const model = new Float64Array(k.length)
  const each = paths.map(() => new Float64Array(k.length))
  problem.model(parameters, index, 0, to, model, each)
  return {
    k,
    kwin: transform.kwin,
    r,
    data: curve(problem.data[index]!.slice()),
    model: curve(model),
    paths: Object.fromEntries(paths.map(({ label }, i) => [label, curve(each[i]!)])),
  }
}
