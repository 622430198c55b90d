import { parseFeffPath } from 'operando/io'
import { createExafsFit, createXftf, type ExafsFitOptions, type ExafsSet, fitExafs, kGrid, xftf } from 'operando/spectroscopy'
import reference from '../../tests/reference/spectroscopy/exafs.json'
import type { Bench } from '../harness/bench.js'

const k = kGrid(15.5)
const chi = Float64Array.from(reference.chi[0]!)
const forward = { kmin: 3, kmax: 13, dk: 2, window: 'hanning', kweight: 2 } as const
const range: ExafsFitOptions = { kmin: 3, kmax: 14, dk: 4, window: 'kaiser', kweight: 2, rmin: 1.1, rmax: 2.1 }
const start = { amp: 1, de: 0.5, ss2: 0.004, dr: 0.001 }
const setOf = (): ExafsSet => {
  const path = parseFeffPath(reference.texts['feff0001.dat'])
  return { k, paths: [{ path, s02: 'amp', e0: 'de', sigma2: 'ss2', deltar: 'dr' }] }
}

/** chi(k) of 311 points to chi(R): windowed, weighted, transformed with 2048 points to 10 Å. */
export const xftfPlan: Bench = {
  name: 'xftf 311 to 2048 plan',
  prepare() {
    const plan = createXftf(k, forward)
    const out = new Float64Array(2 * plan.r.length)
    return () => {
      plan.transform(chi, out)
    }
  },
}

/** The same in one call, with its window and tables, magnitude and phase. */
export const xftfOnce: Bench = {
  name: 'xftf 311 to 2048 once',
  allocates: 'its tables and results',
  prepare() {
    return () => {
      xftf(k, chi, forward)
    }
  },
}

/** One path, four parameters, in R space: a spectrum of a series. */
export const exafsPlan: Bench = {
  name: 'exafs fit 1 path plan',
  allocates: 'its result',
  prepare() {
    const plan = createExafsFit(setOf(), start, range)
    return () => {
      plan.fit(chi)
    }
  },
}

/** The same in one call, with its splines, windows, and curves of data, model and path. */
export const exafsOnce: Bench = {
  name: 'exafs fit 1 path once',
  allocates: 'its tables and results',
  prepare() {
    const set = setOf()
    return () => {
      fitExafs({ ...set, chi }, start, range)
    }
  },
}

/** What is guarded. */
export const exafs: readonly Bench[] = [xftfPlan, exafsPlan]
