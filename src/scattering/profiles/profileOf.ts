import { OperandoError } from '../../core/errors.js'
import { GAUSSIAN } from './gaussian.js'
import { LORENTZIAN } from './lorentzian.js'
import type { Profile } from './profile.js'
import { PSEUDO_VOIGT } from './pseudoVoigt.js'
import { SPLIT_PSEUDO_VOIGT } from './splitPseudoVoigt.js'
import { THOMPSON_COX_HASTINGS } from './thompsonCoxHastings.js'
import { VOIGT } from './voigt.js'

/** Peak shapes by name. `tch` is short for `thompsonCoxHastings`. */
export type ProfileName = 'gaussian' | 'lorentzian' | 'pseudoVoigt' | 'splitPseudoVoigt' | 'tch' | 'thompsonCoxHastings' | 'voigt'

/**
 * The profile of a name.
 * @param profile Its name, or a profile, which is given back.
 * @throws OperandoError `E_ARGUMENT` for an unknown name.
 * @example
 * ```ts
 * import { profileOf } from 'operando/scattering'
 * profileOf('pseudoVoigt').shape.map(s => s.name) // ['fwhm', 'eta']
 * ```
 */
export function profileOf(profile: ProfileName | Profile): Profile {
  if (typeof profile !== 'string') return profile
  switch (profile) {
    case 'gaussian':
      return GAUSSIAN
    case 'lorentzian':
      return LORENTZIAN
    case 'pseudoVoigt':
      return PSEUDO_VOIGT
    case 'splitPseudoVoigt':
      return SPLIT_PSEUDO_VOIGT
    case 'tch':
    case 'thompsonCoxHastings':
      return THOMPSON_COX_HASTINGS
    case 'voigt':
      return VOIGT
    default:
      throw new OperandoError(
        'E_ARGUMENT',
        `Profile '${profile}' is unknown: gaussian, lorentzian, pseudoVoigt, splitPseudoVoigt, thompsonCoxHastings (tch) or voigt expected.`,
      )
  }
}
