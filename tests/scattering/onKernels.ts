import { createNormalEquations, type Kernels } from 'operando/numeric'
import type { Profile } from 'operando/scattering'

/**
 * A profile whose sums and derivatives lie in kernel memory, where it runs on the SIMD kernel: to put the twin through the same tests.
 * @param profile The profile.
 * @param kernels The kernels.
 */
export function onKernels(profile: Profile, kernels: Kernels): Profile {
  return {
    ...profile,
    name: `${profile.name} on SIMD kernels`,
    add(x, from, to, area, centre, shape, at, out, columns) {
      const n = out.length
      const width = Math.max(1, Math.ceil((columns?.values.length ?? 0) / n))
      const { jacobian, residual } = createNormalEquations(n, width, { kernels })
      residual.set(out)
      if (columns) jacobian.set(columns.values)
      profile.add(x, from, to, area, centre, shape, at, residual, columns && { ...columns, values: jacobian })
      out.set(residual)
      if (columns) columns.values.set(jacobian.subarray(0, columns.values.length))
    },
  }
}
