import { readFileSync } from 'node:fs'
import { createCircuit, fitCircuit, kramersKronig } from 'operando/cell'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'

const reference = JSON.parse(readFileSync(new URL('../../reference/cell/impedance.json', import.meta.url), 'utf8'))
const { peer, frequency } = reference
const names = (text: string): string[] => createCircuit(text).parameters.map(p => p.name)

describe('impedance.py agrees', () => {
  it.each(reference.circuits as { circuit: string; parameters: number[]; real: number[]; imaginary: number[] }[])(
    'on the impedance of $circuit',
    ({ circuit, parameters, real, imaginary }) => {
      // its W is sigma (1 - j) / sqrt(omega), as ours
      const values = Object.fromEntries(names(circuit).map((name, k) => [name, parameters[k]!]))
      const got = createCircuit(circuit).impedance(values, frequency)
      expectClose(got.real, real, { rtol: 1e-11, peer })
      expectClose(got.imaginary, imaginary, { rtol: 1e-9, atol: 1e-12, peer })
    },
  )

  it('on the best parameters of a noisy spectrum, and on their errors', () => {
    const { circuit, real, imaginary, parameters, errors } = reference.fit
    const fit = fitCircuit(
      { frequency: Float64Array.from(frequency), real: Float64Array.from(real), imaginary: Float64Array.from(imaginary) },
      circuit,
    )
    expect(fit.converged).toBe(true)
    // time constants rise along the text here as there: L0, R0, R1, Q1, n1, R2, Q2, n2, Z0, tau
    const order = names(circuit)
    order.forEach((name, k) => {
      expectClose(fit.values[name]!, parameters[k], { rtol: 1e-4, peer })
      expectClose(fit.parameters[name]!.standardError!, errors[k], { rtol: 1e-2, peer })
    })
    expect(fit.starts.agreed).toBeGreaterThan(1)
  })

  const cases = reference.kramersKronig as {
    name: string
    capacitance: boolean
    real: number[]
    imaginary: number[]
    elements: number
    mu: number
    residualReal: number[]
    residualImaginary: number[]
  }[]
  it.each(cases)('on the linear Kramers-Kronig residuals: $name, capacitance $capacitance', row => {
    const spectrum = {
      frequency: Float64Array.from(frequency),
      real: Float64Array.from(row.real),
      imaginary: Float64Array.from(row.imaginary),
    }
    const same = kramersKronig(spectrum, { capacitance: row.capacitance, elements: row.elements })
    const own = kramersKronig(spectrum, { capacitance: row.capacitance })
    expect(own.elements).toBe(row.elements)
    expectClose(own.mu, row.mu, { rtol: 1e-6, peer })
    expectClose(same.real, row.residualReal, { atol: 1e-6, peer })
    expectClose(same.imaginary, row.residualImaginary, { atol: 1e-6, peer })
  })
})
