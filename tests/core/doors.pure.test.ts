import { describe, expect, it } from 'vitest'
import * as root from '../../src/index.js'
import * as io from '../../src/io/index.js'
import * as numeric from '../../src/numeric/index.js'
import * as plot from '../../src/plot/index.js'
import * as scattering from '../../src/scattering/index.js'
import * as series from '../../src/series/index.js'
import * as spectroscopy from '../../src/spectroscopy/index.js'
import * as workflow from '../../src/workflow/index.js'
import { errorText } from '../errorCode.js'

type Call = (...given: unknown[]) => unknown

/** What users call, by room. Kernels, which are strict and ask nothing, are not among them. */
const VERBS: Record<string, [Record<string, unknown>, string]> = {
  root: [
    root,
    `addSeconds addStep addWarnings assertCompatible assumeZone bondAngle bondLength cellContents cellVolume collect compatible concat convertAxis convertUnit
    createCell createDataset createElectrochemistry createFrameSource createStructure createUnitCell dSpacing density differenceSeconds divideUnits dropCoord equivalentReflections
    expandStructure formatInstant formatUnit frameSource joinElectrochemistry latticeSystem maskBetween maskWhere mean metricTensor molarMass multiplicity multiplyUnits parseDuration
    parseFormula parseInstant qOf rebin reciprocalCell reflections regrid renameDim select selectNear slice sliceBetween spaceGroup sum systematicallyAbsent toCartesian toValue transpose unit
    view withComposition withCoord withMask withReference withSigma`,
  ],
  io: [
    io,
    'open openDataset openElectrochemistry openSeries parseCif readNexus readNpy save seriesOf parseFeffPath parseFeffPaths writeBdf writeCif writeCsv writeNexus writeNpz writeXye',
  ],
  numeric: [
    numeric,
    'convolve createLeastSquares fitCurve formatFit interpolate leastSquares nnls savitzkyGolay createSpline linearRegression theilSen weightedMean weightedMedian',
  ],
  scattering: [
    scattering,
    `calibrateEnergy cellFromPeaks cellFromUnindexedPeaks combineOpposite correctSinograms createGrazing createPeakFit createPhaseFit createPlating
    createSpotFinder createStaging dSpacingOfPeak depthProfileOfStack domainSize edxrdLines energyOfSpacing energyWidth explainEnergies findPeaks
    findRotationCentre findRowLength fitLayer fitPeaks gaugeVolume gaussian identifyPhases indexSpots latticeParameter lorentzian mapStatistics
    meanComposition measureWeakLines mechanism parallaxShift pseudoVoigt rasterMap reconstructBins screenFits sequential simulatePattern
    sizeAndStrainSeries snip spacingOfEnergy splitPseudoVoigt stackFrames temperatureSeries thompsonCoxHastings trackSpots tradingLines voigt
    williamsonHall`,
  ],
  series: [
    series,
    'currentReversals evolvingFactors mcr pca purestFrames rankStatistics targetTransform estimateClock fitClock pearson sequence synchronize synchronizeCells turningPoints',
  ],
  spectroscopy: [
    spectroscopy,
    `broaden compareYields correctLeak correctOverAbsorption correctYieldSaturation deconvolve deglitch extractSpectrum layerAbsorption leakedAbsorption lockIn mback mbackNorm overAbsorptionOf subtractComponents truncateSpectrum yieldSignal
    autobk averageScans bestCombinations correctDeadTime createAutobk createEdgeMetrics createLinearCombination
    createPreEdge createQuickBinning crystalSpacing derivativeFeatures detectorLag differenceSpectra edgeMetrics edgeTrends
    findE0 fitPrePeaks foilShift linearCombinationFit linearCombinationSeries monoAngle normalize monoEnergy monoOffset muFromCounters
    orderScan oxidationState preEdge rebinSpectrum removeLag splitHalfScans subtractPreEdgeBaseline xasGrid bondValenceSum cauchyWavelet createExafsFit createXftf ff2chi fitExafs fitThermalDisorder morletWavelet pathsOfStructure reducedMass xftf xftr
    cutPlane emissionMoments extractRaman integratedAbsoluteDifference integratePlane momentumTransfer normalizeEmission rixsToTransfer spinState`,
  ],
  plot: [plot, 'figurePage heatmap linePlot mapPlot matrixPlot operandoFigure stackPlot trendPlot'],
  workflow: [workflow, 'analyseDiffraction findLines'],
}

const named = Object.entries(VERBS).flatMap(([room, [verbs, names]]) =>
  names
    .trim()
    .split(/\s+/)
    .map(name => [room, name, verbs[name] as Call] as const),
)

async function refusal(call: () => unknown): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    return error
  }
}

describe('a verb that is called without what it needs', () => {
  it.each(named)(
    '%s: %s answers with an OperandoError that says what was expected, never with a TypeError',
    async (_, name, verb) => {
      expect(typeof verb, name).toBe('function')
      for (const given of [[], [null]]) {
        const error = await refusal(() => verb(...given))
        expect(error, `${name}(${given.map(String)})`).toMatchObject({ name: 'OperandoError' })
        expect((error as Error).message.length).toBeGreaterThan(10)
      }
    },
  )

  it('names the argument, what it should be and what it is', () => {
    const data = root.createDataset({ name: 'I', dims: ['q'], values: [1], unit: 'eV' })
    const call = (verb: unknown, ...given: unknown[]) => errorText(() => (verb as Call)(...given))
    expect(call(root.createCell)).toMatch(
      /E_ARGUMENT a Cell: an object with format, layers, electrodes was expected, found undefined/,
    )
    expect(call(root.convertUnit, data)).toMatch(/E_UNIT convertUnit: a unit such as 'eV'.*found undefined/)
    expect(call(root.view)).toMatch(/E_ARGUMENT data: a Dataset was expected, found undefined/)
    expect(call(root.mean, [1, 2], 'x')).toMatch(/E_ARGUMENT data: a Dataset was expected, found a list\. createDataset/)
    expect(call(scattering.fitPeaks, { x: [1], y: [1] }, [1], null)).toMatch(
      /fitPeaks options: an object was expected, found null/,
    )
  })
})

describe('a mistyped name', () => {
  const x = Float64Array.from({ length: 40 }, (_, i) => i)
  const y = scattering.gaussian(x, { centre: 20, fwhm: 5, area: 100 })
  const data = { name: 'I', dims: ['q'], values: [1, 2], unit: '' }
  const cell = root.createUnitCell({ a: 5.43 })
  const reflections = [{ hkl: [1, 1, 1], multiplicity: 8, f2: 1 }]
  const problem = { points: 1, residuals: () => undefined }
  const record = { time: [0, 1], potential: [3, 3], current: [1, 1] }
  const foil = { role: 'collector', thickness: 20, material: { formula: 'Al', density: 2.7 } }
  const coin = { format: 'coin', layers: [foil], electrodes: { working: {}, counter: {} } }
  it.each<[string, () => unknown, RegExp]>([
    [
      'of a fit parameter',
      () => (numeric.createLeastSquares as Call)(problem, [{ name: 'a', value: 1, lower: 0 }]),
      /parameter 0 \(a\): 'lower' is not known\. Known are name, value, vary, min, max, tie, scale/,
    ],
    [
      'of a curve parameter',
      () =>
        (numeric.fitCurve as Call)([0, 1], [0, 1], (at: number, p: { a: number }) => p.a * at, { a: { value: 1, maximum: 2 } }),
      /'maximum' is not known/,
    ],
    [
      'of an option of a fit',
      () => (numeric.fitCurve as Call)([0, 1], [0, 1], (at: number, p: { a: number }) => p.a * at, { a: 1 }, { sigmas: 1 }),
      /'sigmas' is not known; 'sigma' was probably meant/,
    ],
    ['of a peak', () => (scattering.fitPeaks as Call)({ x, y }, [{ center: 20 }]), /E_MISSING peaks\[0\]: centre is missing/],
    [
      'of a guess',
      () => (scattering.fitPeaks as Call)({ x, y }, [{ centre: { value: 20, lower: 1 } }]),
      /peaks\[0\]\.centre: 'lower' is not known/,
    ],
    [
      'of an option of fitPeaks',
      () => (scattering.fitPeaks as Call)({ x, y }, [20], { profle: 'gaussian' }),
      /'profile' was probably meant/,
    ],
    [
      'of an option of findPeaks',
      () => (scattering.findPeaks as Call)(x, y, { minSNR: 3 }),
      /'minSNR' is not known; 'minSnr' was probably meant/,
    ],
    [
      'of a phase',
      () => (scattering.createPhaseFit as Call)(x, [{ name: 'Si', cell, reflections, fixedcell: true }], { wavelength: 1 }),
      /phases\[0\]: 'fixedcell' is not known; 'fixedCell'/,
    ],
    [
      'of a Dataset',
      () => (root.createDataset as Call)({ ...data, coord: {} }),
      /Dataset 'I': 'coord' is not known; 'coords' was probably meant/,
    ],
    [
      'of a coordinate',
      () => (root.createDataset as Call)({ ...data, coords: { q: { dims: ['q'], values: [1, 2], unit: '', edge: true } } }),
      /coord 'q': 'edge' is not known; 'edges'/,
    ],
    [
      'of an option of a figure',
      () => (plot.linePlot as Call)({ x, y }, { ylabel: 'I' }),
      /linePlot options: 'ylabel' is not known; 'yLabel'/,
    ],
    [
      'of an option of a map',
      () => (plot.heatmap as Call)({ x, y: [1], values: x }, { colormap: 'magma' }),
      /'colorMap' was probably meant/,
    ],
    [
      'of a record',
      () => (root.createElectrochemistry as Call)({ ...record, halfcycle: [0, 0] }),
      /a record: 'halfcycle' is not known; 'halfCycle' was probably meant/,
    ],
    [
      'of a column',
      () => (root.createElectrochemistry as Call)({ ...record, charge: { values: [0, 1], unit: 'Ah', sigmas: [1, 1] } }),
      /charge: 'sigmas' is not known; 'sigma'/,
    ],
    ['of a Cell', () => (root.createCell as Call)({ ...coin, temprature: 300 }), /'temprature' is not known; 'temperature'/],
    [
      'of a layer',
      () => (root.createCell as Call)({ ...coin, layers: [{ ...foil, thicknes: 20 }] }),
      /Cell, layers\[0\]: 'thicknes' is not known; 'thickness'/,
    ],
    [
      'of a mixture',
      () => (root.createCell as Call)({ ...coin, layers: [{ ...foil, material: { components: [], porosty: 0.3 } }] }),
      /layers\[0\]\.material: 'porosty' is not known; 'porosity'/,
    ],
    [
      'of an active material',
      () => (root.createCell as Call)({ ...coin, electrodes: { working: { active: { formula: 'Li', xO: 1 } }, counter: {} } }),
      /electrodes\.working\.active: 'xO' is not known; 'x0'|Known are formula, molarMass, x0/,
    ],
    [
      'of a geometry that has no such number',
      () => (root.createCell as Call)({ ...coin, geometry: { kind: 'flat', radius: 1 } }),
      /geometry 'flat': 'radius' is not known\. Known are kind, tilt/,
    ],
    ['of a unit cell', () => (root.createUnitCell as Call)({ a: 3, gama: 120 }), /'gama' is not known; 'gamma'/],
    [
      'of a site',
      () =>
        (root.createStructure as Call)({
          cell: { a: 5.43 },
          spaceGroup: 'Fd-3m',
          sites: [{ element: 'Si', position: [0, 0, 0], occupany: 0.5 }],
        }),
      /site 0: 'occupany' is not known; 'occupancy'/,
    ],
    [
      'of a detector',
      () => (scattering.createGeometry as Call)({ dist: 0.1, poni1: 0, poni2: 0, detector: 'Pilatus 1M', rotl: 0.1 }),
      /createGeometry: 'rotl' is not known; 'rot1'/,
    ],
    ['of a curve', () => (plot.linePlot as Call)({ x, y, sigmas: y }), /curves\[0\]: 'sigmas' is not known; 'sigma'/],
    [
      'of a map of plain arrays',
      () => (plot.heatmap as Call)({ x, y: [1], values: x, masks: x }),
      /a map: 'masks' is not known; 'mask'/,
    ],
    [
      'of a panel',
      () => (plot.trendPlot as Call)([{ curves: [{ x, y }], stackd: true }]),
      /a panel: 'stackd' is not known; 'stacked'/,
    ],
  ])('%s is refused with the names there are', (_, call, message) => {
    expect(errorText(call)).toMatch(message)
  })

  it.each<[string, () => unknown, RegExp]>([
    [
      'of a sequence',
      () => (series.sequence as Call)([], () => undefined, { directions: 'both' }),
      /'direction' was probably meant/,
    ],
    [
      'of an experiment',
      () => (workflow.analyseDiffraction as Call)(root.createDataset({ ...data, dims: ['frame'] }), undefined, { wavelenght: 1 }),
      /'wavelenght' is not known; 'wavelength' was probably meant/,
    ],
    [
      'of a line',
      () =>
        (workflow.analyseDiffraction as Call)(root.createDataset({ ...data, dims: ['frame'] }), undefined, {
          lines: [{ name: 'a', range: [1, 2], hkl: [1, 1, 1] }],
        }),
      /lines\[0\]: 'hkl' is not known/,
    ],
  ])('%s is refused as well', async (_, call, message) => {
    expect(String(await refusal(call))).toMatch(message)
  })

  it('whose value is undefined is passed over: an option that was spread and left out', () => {
    expect(scattering.findPeaks(x, y, { nothing: undefined } as object).length).toBe(1)
  })

  it('gets no guess where none is near', () => {
    expect(errorText(() => (scattering.findPeaks as Call)(x, y, { threshold: 3 }))).not.toMatch(/probably/)
  })
})
