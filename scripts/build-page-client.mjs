// Builds the script of figure pages: src/plot/page/client/entry.ts -> src/plot/page/pageClient.generated.ts (text, committed).
// `npm run page-client` writes it; the test tests/plot/page/build.test.ts calls buildPageClient() and compares.
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Path of the generated module. */
export const generatedPath = join(root, 'src/plot/page/pageClient.generated.ts')

/** Pages are copies of these packages, too. */
const notice = `/*! Drawn by operando (MIT). This script contains parts of:
d3-scale, d3-shape, d3-path, d3-format, d3-time, d3-time-format, d3-interpolate, d3-color, d3-array, d3-scale-chromatic: Copyright 2010-2023 Mike
Bostock, ISC License: Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies. THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR
DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE
AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR
PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE. Colours of rdbu and puor: Apache-style licence, Copyright 2002 Cynthia Brewer, Mark Harrower, and The Pennsylvania State
University (colorbrewer.org).
fflate: Copyright (c) 2023 Arjun Barrett, MIT License: Permission is hereby granted, free of charge, to any person obtaining a copy of this
software and associated documentation files, to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to
do so, subject to the following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND. */
`

/** Text of the generated module, built from source. */
export async function buildPageClient() {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/plot/page/client/entry.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    tsconfigRaw: '{}',
    write: false,
    logLevel: 'silent',
  })
  const script = notice + outputFiles[0].text
  const hash = createHash('sha256').update(script).digest('base64')
  return (
    '// Built by scripts/build-page-client.mjs from client/entry.ts: do not edit, run `npm run page-client`.\n' +
    `/** Text of the script. */\nexport const pageClient: string =\n  ${JSON.stringify(script)}\n` +
    `/** Its SHA-256 in base64, for a Content-Security-Policy. */\nexport const pageClientSha256: string = '${hash}'\n`
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = await buildPageClient()
  await writeFile(generatedPath, text)
  console.log(`page client: ${text.length} bytes`)
}
