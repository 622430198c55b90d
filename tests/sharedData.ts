import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = process.env.OPERANDO_SHARED ?? resolve(import.meta.dirname, '../../shared')

/** Whether the real measurements stand beside the checkout. */
export const hasSharedData: boolean = existsSync(join(root, 'data'))

if (!hasSharedData) process.stderr.write('SKIPPED: tests on real measurements, ../shared/data is not here.\n')

/**
 * Path of a real measurement or a peer's numbers.
 * @param path Below `../shared`, e.g. `data/io/cif/LiFePO4.cif`.
 */
export const sharedPath = (path: string): string => join(root, path)
