import type { Bench } from '../harness/bench.js'
import { azintBench, azintErrorsBench, azintSetupBench } from '../kernels/azint.js'
import { exafsOnce, exafsPlan, xftfOnce, xftfPlan } from '../kernels/exafs.js'
import { fft1Bench } from '../kernels/fft1.js'
import { fft2Bench, fft2SingleBench } from '../kernels/fft2.js'
import { linearCombinationBench } from '../kernels/linearCombination.js'
import { mprBench } from '../kernels/mpr.js'
import { peakFit, peakFitSequence } from '../kernels/peakFit.js'
import { pearsonLarge } from '../kernels/pearson.js'
import { profileSum } from '../kernels/profileSum.js'
import { textTableBench } from '../kernels/textTable.js'
import {
  autobkSeries,
  autobkSingle,
  preEdgeSeries,
  preEdgeSingle,
  quickBinning,
  xasChainSeries,
  xasChainSingle,
} from '../kernels/xas.js'

/** The same work on both sides. */
export interface Pair {
  /** Ours. */
  readonly bench: Bench
  /** Name of the case in peers.py. */
  readonly peer: string
  /** Ours over the peer's that a good kernel reaches. */
  readonly goal: number
}

const fft1Pairs = [256, 1024, 4096].map((n): Pair => ({ bench: fft1Bench(n, 'simd'), peer: `fft1.${n}`, goal: 0.6 }))

const fft2Pairs = [64, 128, 256, 512].flatMap((n): Pair[] => [
  { bench: fft2Bench(n, 'ts'), peer: `fft2.${n}`, goal: 2.5 },
  { bench: fft2Bench(n, 'simd'), peer: `fft2.${n}`, goal: 0.95 },
  { bench: fft2SingleBench(n), peer: `fft2.${n}.single`, goal: 0.75 },
])

const fitPairs = peakFit.flatMap((bench): Pair[] => [
  { bench, peer: 'fit.curve_fit', goal: bench.name.endsWith('simd') ? 0.15 : 0.35 },
  { bench, peer: 'fit.lmfit', goal: 0.05 },
])

const azintGoals = { ts: { 1024: 0.35, 2048: 0.2, 4096: 0.18 }, simd: { 1024: 0.15, 2048: 0.1, 4096: 0.1 } } as const
const azintPairs = ([1024, 2048, 4096] as const).flatMap((n): Pair[] =>
  (['ts', 'simd'] as const).flatMap((twin): Pair[] => [
    { bench: azintBench(n, twin), peer: `azint.${n}`, goal: azintGoals[twin][n] },
    { bench: azintErrorsBench(n, twin), peer: `azint.${n}.errors`, goal: 0.2 },
  ]),
)
/** A frame of a series: the peer's engine without its wrapper. */
const azintSeriesPairs = ([1024, 2048] as const).map(
  (n): Pair => ({ bench: azintBench(n, 'simd'), peer: `azint.${n}.core`, goal: 0.1 }),
)
const azintSetupPairs = ([1024, 2048] as const).flatMap((n): Pair[] =>
  (['ts', 'simd'] as const).map(twin => ({ bench: azintSetupBench(n, twin), peer: `azint.${n}.setup`, goal: 0.4 })),
)

/** Everything that a peer does as well. */
export const pairs: readonly Pair[] = [
  ...azintPairs,
  ...azintSeriesPairs,
  ...azintSetupPairs,
  ...fft1Pairs,
  ...fft2Pairs,
  ...fitPairs,
  ...peakFitSequence.map(bench => ({ bench, peer: 'fit.sequence', goal: 0.3 })),
  ...profileSum.map(bench => ({ bench, peer: 'profiles', goal: 0.06 })),
  ...textTableBench.map(bench => ({ bench, peer: 'table', goal: 0.4 })),
  ...[200, 33_000].flatMap(rows => [
    { bench: mprBench(rows), peer: `mpr.${rows}.frame`, goal: 0.33 },
    // a copy of a column of numpy runs at the speed of memory
    { bench: mprBench(rows), peer: `mpr.${rows}.arrays`, goal: Number.NaN },
  ]),
  { bench: xftfPlan, peer: 'xftf', goal: 0.2 },
  // half of a single call makes tables, which the peer does without: its transform has them cached
  { bench: xftfOnce, peer: 'xftf', goal: Number.NaN },
  ...[exafsOnce, exafsPlan].map(bench => ({ bench, peer: 'feffit', goal: 0.1 })),
  { bench: linearCombinationBench(65536), peer: 'lcf.vectorised', goal: 0.3 },
  { bench: linearCombinationBench(4096), peer: 'lcf.loop', goal: 0.02 },
  // double precision has no goal: without fused multiply-add half of BLAS is the most that can be had
  ...pearsonLarge.map(bench => ({ bench, peer: 'pearson', goal: bench.name.includes('single') ? 1.1 : Number.NaN })),
  { bench: preEdgeSingle, peer: 'xas.pre_edge', goal: 0.1 },
  { bench: preEdgeSeries, peer: 'xas.pre_edge', goal: 0.02 },
  // ours gives the errors as well
  { bench: autobkSingle, peer: 'xas.autobk', goal: 0.12 },
  { bench: autobkSeries, peer: 'xas.autobk.plain', goal: 0.02 },
  { bench: xasChainSeries, peer: 'xas.chain', goal: 0.04 },
  // a spectrum on its own pays for its plans; 0.04 is the goal of a series
  { bench: xasChainSingle, peer: 'xas.chain', goal: Number.NaN },
  // the goal is one of rate: 20 million samples a second are 2.5 ms
  { bench: quickBinning, peer: 'xas.quick', goal: Number.NaN },
]
