import { existsSync, readFileSync } from 'node:fs'
import { leastSquares } from 'operando/numeric'
import { afterAll, describe, expect, it } from 'vitest'
import { recordAgreement } from '../../matchers.js'
import { sharedPath } from '../../sharedData.js'
import { digits, fitNist, parseNist } from './nistData.js'
import { NIST_MODELS } from './nistModels.js'

const folder = sharedPath('reference/nist-strd')
const present = existsSync(folder)
if (!present)
  process.stderr.write(
    'SKIPPED: the 27 NIST StRD sets, ../shared/reference/nist-strd is not here; six of them run from tests/reference.\n',
  )

/** NIST's Lanczos1 was rounded at 14 digits: its residuals are 100 roundings of a double, so that their sum of squares has 2 to 3 digits. */
const NEEDED: Readonly<Record<string, number>> = { Lanczos1: 2.5 }

describe.skipIf(!present)('leastSquares on all 27 non-linear NIST StRD sets, default options, difference Jacobian', () => {
  const table: string[] = []
  for (const name of Object.keys(NIST_MODELS)) {
    it(`${name}: certified values to 4 digits from start 1, to 6 from start 2, and standard errors as well`, () => {
      const set = parseNist(name, readFileSync(`${folder}/${name}.dat`, 'latin1'))
      const row = [1, 2].map(start => {
        const fit = fitNist(leastSquares, set, start)
        const found = Object.values(fit.parameters)
        expect(fit.converged, `${name}, start ${start}: ${fit.message}`).toBe(true)
        const values = digits(
          found.map(p => p.value),
          set.certified,
        )
        const errors = digits(
          found.map(p => p.standardError ?? Number.NaN),
          set.errors,
        )
        const needed = start === 1 ? 4 : 6
        expect(values, `digits of the values, start ${start}`).toBeGreaterThanOrEqual(needed)
        expect(errors, `digits of the errors, start ${start}`).toBeGreaterThanOrEqual(NEEDED[name] ?? needed)
        const worst = 10 ** (needed - values)
        recordAgreement({ peer: 'NIST StRD, certified', values: set.certified.length, rtol: 10 ** -needed, atol: 0, worst })
        const numbers = [values, errors].map(x => x.toFixed(1).padStart(5)).join(' ')
        return `${numbers} ${String(fit.evaluations).padStart(5)} ${fit.solver === 'qr' ? 'QR' : 'N '} ${fit.reason.padEnd(8)}`
      })
      table.push(`${name.padEnd(9)} ${row.join(' | ')}`)
    })
  }
  afterAll(() => {
    const head = 'digits of values and standard errors, evaluations, solver (N: normal equations), reason; start 1 | start 2'
    process.stdout.write(`\n${head}\n${table.join('\n')}\n`)
  })
})
