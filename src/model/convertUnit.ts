import { convertFactor } from '../core/convert.js'
import { asUnit, type Unit } from '../core/unit.js'
import { valuesIn } from './align.js'
import { assertDataset } from './assertDataset.js'
import type { Dataset } from './dataset.js'
import { derive } from './derive.js'

/**
 * The Dataset in another unit of the same kind: values, and sigma by the factor alone (25 °C ± 1 is 298.15 K ± 1). Coords keep theirs; see `withCoord`.
 *
 * @param data The Dataset.
 * @param to   Unit or symbol.
 * @throws OperandoError `E_UNIT` for a unit of another kind, or a potential against another reference.
 * @example
 * ```ts
 * import { convertUnit, createDataset } from 'operando'
 * const gap = createDataset({ name: 'E', dims: ['frame'], values: [7112, 7130], sigma: [1, 2], unit: 'eV' })
 * const { values, sigma } = convertUnit(gap, 'keV')
 * console.log(values, sigma) // 7.112, 7.13; 0.001, 0.002
 * ```
 */
export function convertUnit<Dim extends string>(data: Dataset<Dim>, to: Unit | string): Dataset<Dim> {
  assertDataset(data)
  const target = asUnit(to, 'convertUnit')
  const values = valuesIn(data, target, data.name)
  const factor = convertFactor(data.unit, target)
  return derive<Dim>(data, {
    values,
    sigma: data.sigma && (factor === 1 ? data.sigma : Float64Array.from(data.sigma, s => s * factor)),
    unit: target,
    step: { op: 'convertUnit', parameters: { from: data.unit.symbol, to: target.symbol } },
  })
}
