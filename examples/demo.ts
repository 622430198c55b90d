// An operando diffraction experiment from raw files to report.
//   npm run demo                                            the simulated experiment that ships with operando
//   npm run demo -- <folder> --echem <file> [options]       your own; see npm run demo -- --help
import { pathToFileURL } from 'node:url'
import { isOperandoError } from 'operando'
import { findingsOf, formatUncertain } from 'operando/workflow'
import { type OperandoDiffractionResult, operandoDiffraction } from 'operando/workflow/node'
import { configOf, HELP, UsageError } from './demo/arguments.js'
import { createProgress } from './demo/progress.js'
import { clockAgainstTruth, compareWithTruth } from './demo/simulated.js'

function printTruth(result: OperandoDiffractionResult): void {
  console.log('\nRecovered against true (pull = (recovered - true) / its standard uncertainty):')
  console.table(
    Object.fromEntries(
      compareWithTruth(result).map(({ name, frames, bias, biasSigma, sigma, pull, worst }) => [
        name,
        {
          frames,
          'mean deviation': formatUncertain(bias, biasSigma),
          'median sigma': sigma.toPrecision(2),
          'rms pull': pull.toFixed(2),
          'worst pull': worst.toFixed(1),
        },
      ]),
    ),
  )
  const { found, sigma, truth } = clockAgainstTruth(result)
  const claimed = sigma === null ? 'with no uncertainty known' : `± ${sigma.toFixed(0)} s`
  console.log(`Clocks: the potentiostat is behind by ${found.toFixed(0)} s ${claimed}; true ${truth} s.`)
}

/** The first Ctrl-C stops the work in order, so that no half report is left; the second one kills. */
function abortOnInterrupt(): AbortSignal {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort())
  return stop.signal
}

async function main(): Promise<void> {
  const config = configOf(process.argv.slice(2))
  if (!config) {
    console.log(HELP)
    return
  }
  const begin = performance.now()
  const progress = createProgress()
  const signal = abortOnInterrupt()
  const result = await operandoDiffraction({ ...config, signal, onProgress: progress.update }).finally(progress.end)
  console.log(`\n${config.title}\n`)
  for (const finding of findingsOf(result)) console.log(`- ${finding}`)
  for (const { message } of result.warnings) console.log(`! ${message}`)
  if (result.failed.length > 0) console.log(`! ${result.failed.length} fits failed: see the report.`)
  if (config.notice !== undefined) printTruth(result)
  console.log(`\n${((performance.now() - begin) / 1000).toFixed(1)} s. The report: ${pathToFileURL(result.files!.html).href}`)
}

await main().catch((error: unknown) => {
  if (isOperandoError(error, 'E_ABORTED')) {
    console.error('Stopped: no report was written.')
    process.exitCode = 130
    return
  }
  if (error instanceof UsageError) console.error(`${error.message}\n\n${HELP}`)
  else if (isOperandoError(error))
    console.error(`${error.message}\nnpm run demo -- --help lists what can be told: --wavelength, --interval, --axis, --out ...`)
  else throw error
  process.exitCode = 1
})
