/// <reference path="./h5wasm-plugins.d.ts" />
import { fileURLToPath } from 'node:url'
import { OperandoError } from '../../core/errors.js'
import type { H5File } from './h5.js'

type H5Node = typeof import('h5wasm/node')

/**
 * Opens an HDF5 file on disk for reading, without loading it; the caller closes it. Links to other files are followed. Filters beyond HDF5's own come from the optional package h5wasm-plugins where it is there.
 * @param path Of the file.
 * @throws OperandoError `E_DEPENDENCY` without h5wasm, `E_FORMAT` for what is no HDF5 or is damaged.
 */
export async function openHdf5(path: string): Promise<H5File> {
  let h5: H5Node
  try {
    h5 = await import('h5wasm/node')
  } catch (cause) {
    throw new OperandoError('E_DEPENDENCY', 'HDF5 files need the optional package h5wasm: npm install h5wasm.', { cause })
  }
  const module = await h5.ready
  // without it a failed read returns uninitialised memory as numbers
  module.activate_throwing_error_handler()
  const plugins = await pluginFolder()
  if (plugins !== undefined && !module.get_plugin_search_paths().includes(plugins)) module.insert_plugin_search_path(plugins, 0)
  // a file that a detector still writes opens in the second mode only
  const attempts = (['r', 'Sr'] as const).map(mode => () => new h5.File(path, mode))
  for (const attempt of attempts)
    try {
      return attempt()
    } catch {
      // told below when no mode is left
    }
  throw new OperandoError(
    'E_FORMAT',
    `${path}: HDF5 cannot be read. It may be truncated or damaged, or be no HDF5 file at all.`,
    {
      details: { path },
    },
  )
}

/** Where the plugins of h5wasm-plugins lie; `undefined` without the package. */
async function pluginFolder(): Promise<string | undefined> {
  try {
    const { base_url } = await import('h5wasm-plugins')
    return fileURLToPath(`${base_url}/plugins`)
  } catch {
    return undefined
  }
}
