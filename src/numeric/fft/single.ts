import type { FftCore } from './core.js'
import type { ComplexEngine } from './engine2.js'
import type { RealTransform } from './realTransform.js'

/**
 * Single precision on a double-precision core: computed in double, rounded at the end.
 * @param core Of the same length.
 */
export function singleCore(core: FftCore): FftCore<Float32Array> {
  const work = new Float64Array(2 * core.length)
  return {
    length: core.length,
    transform(data, out, inverse): void {
      work.set(data)
      core.transform(work, work, inverse)
      out.set(work)
    },
  }
}

/**
 * Single precision on a double-precision real transform.
 * @param real   The transform.
 * @param values Real values.
 * @param bins   Numbers of the spectrum, re and im counted.
 */
export function singleReal(real: RealTransform, values: number, bins: number): RealTransform<Float32Array> {
  const points = new Float64Array(values)
  const spectrum = new Float64Array(bins)
  return {
    forward(data, out): void {
      points.set(data)
      real.forward(points, spectrum)
      out.set(spectrum)
    },
    inverse(data, out): void {
      spectrum.set(data)
      real.inverse(spectrum, points)
      out.set(points)
    },
  }
}

/**
 * Single precision on a double-precision engine.
 * @param engine The engine.
 * @param size   Numbers of an image, re and im counted.
 */
export function singleEngine(engine: ComplexEngine, size: number): ComplexEngine<Float32Array> {
  const work = new Float64Array(size)
  return {
    buffer: undefined,
    transform(data, out, inverse): void {
      work.set(data)
      engine.transform(work, work, inverse)
      out.set(work)
    },
  }
}
