/** Names of the kernel modules. */
export const kernelNames: readonly string[]
/** Path of a generated module. */
export function generatedPath(name: string): string
/** Text of a generated module, built from source. */
export function buildKernel(name: string): Promise<string>
