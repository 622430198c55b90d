// Writes docs/figures/demo.png, the figure of the README: the overview of the simulated experiment.
// Run: tsx --conditions=operando-source scripts/demo/make-figure.ts
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { simulatedConfig } from '../../examples/demo/simulated.js'
import { overviewFigure } from '../../src/workflow/index.js'
import { operandoDiffraction } from '../../src/workflow/index.node.js'

const folder = resolve(import.meta.dirname, '../../docs/figures')
const png = await overviewFigure(await operandoDiffraction(simulatedConfig())).png({ scale: 1.5 })
mkdirSync(folder, { recursive: true })
writeFileSync(resolve(folder, 'demo.png'), png)
console.log(`docs/figures/demo.png, ${(png.length / 1e3).toFixed(0)} kB`)
