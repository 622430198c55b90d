import { createEnergyCurve } from '../../matter/energyCurve.js'
import { type AttenuationOptions, createMassAttenuation, type EnergyCurve } from '../../matter/index.js'

/**
 * Attenuation of what has so much of each element in a cm³: the sum over its elements.
 * @param elements g/cm³ by element.
 * @param options  Table and process.
 * @returns 1/cm over energy.
 */
export async function attenuationOf(
  elements: Readonly<Record<string, number>>,
  options: AttenuationOptions,
): Promise<EnergyCurve> {
  const symbols = Object.keys(elements)
  const curves = await Promise.all(symbols.map(symbol => createMassAttenuation(symbol, options)))
  const range = [Math.max(...curves.map(c => c.range[0])), Math.min(...curves.map(c => c.range[1]))] as const
  let part = new Float64Array(0)
  return createEnergyCurve({
    what: `${symbols.join(', ')}: ${options.kind ?? 'total'} attenuation`,
    range,
    source: curves[0]!.source,
    fill(energies, out) {
      if (part.length !== energies.length) part = new Float64Array(energies.length)
      out.fill(0)
      for (const [i, curve] of curves.entries()) {
        const density = elements[symbols[i]!]!
        curve.over(energies, part)
        for (let k = 0; k < out.length; k++) out[k]! += density * part[k]!
      }
    },
  })
}
