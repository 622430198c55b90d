// Writes docs/validation.md from a run of the tests: whoever's numbers a test compared with, and how close they came.
// `npm run validation`; the tests name the peer in `expectClose(got, want, { rtol, peer })`.
import { writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { Agreement } from '../tests/matchers.js'

const root = resolve(import.meta.dirname, '..')

interface Row extends Agreement {
  readonly room: string
  readonly claim: string
  /** Whether the absolute tolerance follows the size of the numbers, so that no single one can be told. */
  readonly scaled: boolean
}

/** What a test claims, told by its block where several tests of the block compare with the same peer. */
function claimOf(test: TestCase, peer: string): string {
  const { parent } = test
  const told = parent.type === 'suite' ? [...parent.children.allTests()] : []
  const same = told.filter(other => other.meta().agreements?.some(agreement => agreement.peer === peer))
  return (parent.type === 'suite' && same.length > 1 ? parent.fullName : test.fullName).replaceAll(' > ', ', ')
}

/** One row a claim and peer: the numbers of all its comparisons, the loosest of its tolerances, its worst deviation. */
function rowsOf(module: TestModule): Row[] {
  const [room = ''] = relative(resolve(root, 'tests'), module.moduleId).split('/')
  const rows = new Map<string, Row>()
  for (const test of module.children.allTests()) {
    for (const { peer, values, rtol, atol, worst } of test.meta().agreements ?? []) {
      const claim = claimOf(test, peer)
      const before = rows.get(claim + peer)
      rows.set(claim + peer, {
        room,
        claim,
        peer,
        values: values + (before?.values ?? 0),
        rtol: Math.max(rtol, before?.rtol ?? 0),
        atol: Math.max(atol, before?.atol ?? 0),
        worst: Math.max(worst, before?.worst ?? 0),
        scaled: before !== undefined && (before.scaled || before.atol !== atol),
      })
    }
  }
  return [...rows.values()]
}

const power = (x: number): string => (x === 0 ? '0' : x.toExponential(0).replace('e-', 'e−').replace('e+', 'e'))
const toleranceOf = ({ rtol, atol, scaled }: Row): string => {
  const relative = rtol > 0 ? [`${power(rtol)} relative`] : []
  const absolute = scaled ? ['absolute, by the size of the numbers'] : atol > 0 ? [`${power(atol)} absolute`] : []
  return [...relative, ...absolute].join(' + ') || 'exact'
}
const closeness = (worst: number): string => (worst === 0 ? 'equal' : worst < 0.01 ? '< 1 %' : `${Math.ceil(100 * worst)} %`)
const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The reporter. */
export class ValidationReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.some(module => module.state() === 'failed')) {
      process.stderr.write('docs/validation.md was not written: tests failed.\n')
      return
    }
    const rows = modules.flatMap(rowsOf).sort((a, b) => a.room.localeCompare(b.room) || a.claim.localeCompare(b.claim))
    const lines = [
      '# Validation',
      '',
      'Written by `npm run validation` from the tests: what was compared with numbers that were not made here, how many numbers, how closely they were asked to agree, and',
      'how much of that the worst of them used. Scripts that made the numbers, with the versions of their peers, stand in `tests/reference/`; measurements and further',
      'references that do not ship with the repository were there when this page was written.',
    ]
    let room = ''
    for (const row of rows) {
      if (row.room !== room) {
        room = row.room
        lines.push(
          '',
          `## ${room}`,
          '',
          '| what holds | against | numbers | asked | worst uses |',
          '| --- | --- | ---: | --- | ---: |',
        )
      }
      lines.push(`| ${cell(row.claim)} | ${cell(row.peer)} | ${row.values} | ${toleranceOf(row)} | ${closeness(row.worst)} |`)
    }
    writeFileSync(resolve(root, 'docs/validation.md'), `${lines.join('\n')}\n`)
    process.stderr.write(`docs/validation.md: ${rows.length} rows.\n`)
  }
}

// biome-ignore lint/style/noDefaultExport: vitest takes a reporter's default export
export default ValidationReporter
