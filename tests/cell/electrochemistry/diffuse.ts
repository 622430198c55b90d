/** A body of cells that fill through its surface: finite volumes, written without any of the formulas that are tested with it. */
export interface Body {
  readonly kind: 'planar' | 'sphere'
  /** cm. */
  readonly length: number
  /** cm²/s. */
  readonly diffusion: number
}

/** What is known at the end of a time step. */
export interface Boundary {
  /** Flux in at the surface over D, or the concentration held there. */
  readonly flux?: number
  readonly held?: number
}

/**
 * Marches the diffusion equation by implicit steps over a mesh that is finer towards the surface. Calls back after each step with the concentration at the
 * surface and the amount in the body per unit of surface.
 */
export function diffuse(
  { kind, length, diffusion }: Body,
  steps: readonly { dt: number; boundary: Boundary }[],
  after: (step: number, surface: number, amount: number) => void,
): void {
  const n = 300
  const edges = Float64Array.from({ length: n + 1 }, (_, i) => length * (1 - (1 - i / n) ** 2.5))
  const area = edges.map(r => (kind === 'sphere' ? r * r : 1))
  const volume = Float64Array.from({ length: n }, (_, i) =>
    kind === 'sphere' ? (edges[i + 1]! ** 3 - edges[i]! ** 3) / 3 : edges[i + 1]! - edges[i]!,
  )
  const middle = Float64Array.from({ length: n }, (_, i) => (edges[i]! + edges[i + 1]!) / 2)
  const c = new Float64Array(n)
  const [a, b, g] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  const toSurface = length - middle[n - 1]!
  steps.forEach(({ dt, boundary }, k) => {
    const right = c.map((v, i) => v * volume[i]!)
    for (let i = 0; i < n; i++) {
      const west = i > 0 ? (diffusion * area[i]! * dt) / (middle[i]! - middle[i - 1]!) : 0
      const east = i < n - 1 ? (diffusion * area[i + 1]! * dt) / (middle[i + 1]! - middle[i]!) : 0
      a[i] = -west
      g[i] = -east
      b[i] = volume[i]! + west + east
    }
    const open = (diffusion * area[n]! * dt) / toSurface
    if (boundary.held !== undefined) {
      b[n - 1]! += open
      right[n - 1]! += open * boundary.held
    } else right[n - 1]! += diffusion * boundary.flux! * area[n]! * dt
    for (let i = 1; i < n; i++) {
      const m = a[i]! / b[i - 1]!
      b[i]! -= m * g[i - 1]!
      right[i]! -= m * right[i - 1]!
    }
    c[n - 1] = right[n - 1]! / b[n - 1]!
    for (let i = n - 2; i >= 0; i--) c[i] = (right[i]! - g[i]! * c[i + 1]!) / b[i]!
    const surface = boundary.held ?? c[n - 1]! + boundary.flux! * toSurface
    let amount = 0
    for (let i = 0; i < n; i++) amount += c[i]! * volume[i]!
    after(k, surface, amount / area[n]!)
  })
}
