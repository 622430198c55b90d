/** Path of the generated module. */
export const generatedPath: string
/** Text of the generated module, built from source. */
export function buildPageClient(): Promise<string>
