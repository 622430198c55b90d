import type { Bench } from '../harness/bench.js'
import { azint } from './azint.js'
import { exafs } from './exafs.js'
import { fft1 } from './fft1.js'
import { fft2 } from './fft2.js'
import { linearCombination } from './linearCombination.js'
import { materialPlan } from './materialPlan.js'
import { mpr } from './mpr.js'
import { peakFit } from './peakFit.js'
import { pearson } from './pearson.js'
import { profileSum } from './profileSum.js'
import { rebin } from './rebin.js'
import { stackTransmissionBench } from './stackTransmission.js'
import { textTableBench } from './textTable.js'
import { xas } from './xas.js'

/** All kernels under guard: a new one adds its file here. */
export const benches: readonly Bench[] = [
  ...azint,
  ...fft1,
  ...fft2,
  ...peakFit,
  ...profileSum,
  ...rebin,
  ...exafs,
  ...textTableBench,
  ...mpr,
  ...materialPlan,
  ...pearson,
  ...linearCombination,
  ...stackTransmissionBench,
  ...xas,
]
