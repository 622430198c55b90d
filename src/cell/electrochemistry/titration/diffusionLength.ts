import { OperandoError } from '../../../core/errors.js'
import { type Length, toValue } from '../../../core/quantity.js'

/** Along what ions diffuse. */
export type DiffusionGeometry =
  | {
      /** Thickness in µm, or `'5 µm'`, of a layer that ions enter from one side; half the thickness where they enter from both. */
      readonly planar: Length
    }
  | {
      /** Radius in µm, or `'250 nm'`, of spherical particles. */
      readonly sphere: Length
    }

/** A geometry as kernels want it. */
export interface DiffusionPath {
  /** Layer or sphere. */
  readonly kind: 'planar' | 'sphere'
  /** Thickness or radius in cm. */
  readonly length: number
  /** Volume over surface in cm: the length of a layer, a third of a radius. */
  readonly volumeOverArea: number
}

/**
 * Reads a geometry.
 * @param geometry Layer or sphere.
 * @throws OperandoError `E_RANGE` unless its length is above 0, `E_ARGUMENT` for anything else.
 */
export function diffusionPath(geometry: DiffusionGeometry): DiffusionPath {
  const kind =
    typeof geometry === 'object' && geometry !== null
      ? 'planar' in geometry
        ? 'planar'
        : 'sphere' in geometry
          ? 'sphere'
          : undefined
      : undefined
  if (kind === undefined) throw new OperandoError('E_ARGUMENT', "geometry: { planar: '5 µm' } or { sphere: '250 nm' } expected.")
  const given = 'planar' in geometry ? geometry.planar : geometry.sphere
  const length = toValue(given, 'µm', kind) * 1e-4
  if (!(length > 0))
    throw new OperandoError('E_RANGE', `${kind} is ${given}: a length above 0 expected.`, { details: { length } })
  return { kind, length, volumeOverArea: kind === 'planar' ? length : length / 3 }
}
