/** A model of the NIST StRD suite: b are the parameters, x the predictors of one point. */
export type NistModel = (b: ArrayLike<number>, x: readonly number[]) => number

const { exp, cos, sin, atan, PI } = Math

const rational =
  (above: number, below: number): NistModel =>
  (b, [x]) => {
    let numerator = 0
    let denominator = 0
    for (let i = above - 1; i >= 0; i--) numerator = numerator * x! + b[i]!
    for (let i = below - 1; i >= 0; i--) denominator = (denominator + b[above + i]!) * x!
    return numerator / (1 + denominator)
  }

const saturation: NistModel = (b, [x]) => b[0]! * (1 - exp(-b[1]! * x!))
const twoPeaks: NistModel = (b, [x]) =>
  b[0]! * exp(-b[1]! * x!) + b[2]! * exp(-(((x! - b[3]!) / b[4]!) ** 2)) + b[5]! * exp(-(((x! - b[6]!) / b[7]!) ** 2))
const threeDecays: NistModel = (b, [x]) => b[0]! * exp(-b[1]! * x!) + b[2]! * exp(-b[3]! * x!) + b[4]! * exp(-b[5]! * x!)
const chwirut: NistModel = (b, [x]) => exp(-b[0]! * x!) / (b[1]! + b[2]! * x!)

/** The 27 models, written after the headers of the data files. Nelson's response is log(y). */
export const NIST_MODELS: Readonly<Record<string, NistModel>> = {
  Bennett5: (b, [x]) => b[0]! * (b[1]! + x!) ** (-1 / b[2]!),
  BoxBOD: saturation,
  Chwirut1: chwirut,
  Chwirut2: chwirut,
  DanWood: (b, [x]) => b[0]! * x! ** b[1]!,
  ENSO: (b, [x]) =>
    b[0]! +
    b[1]! * cos((2 * PI * x!) / 12) +
    b[2]! * sin((2 * PI * x!) / 12) +
    b[4]! * cos((2 * PI * x!) / b[3]!) +
    b[5]! * sin((2 * PI * x!) / b[3]!) +
    b[7]! * cos((2 * PI * x!) / b[6]!) +
    b[8]! * sin((2 * PI * x!) / b[6]!),
  Eckerle4: (b, [x]) => (b[0]! / b[1]!) * exp(-0.5 * ((x! - b[2]!) / b[1]!) ** 2),
  Gauss1: twoPeaks,
  Gauss2: twoPeaks,
  Gauss3: twoPeaks,
  Hahn1: rational(4, 3),
  Kirby2: rational(3, 2),
  Lanczos1: threeDecays,
  Lanczos2: threeDecays,
  Lanczos3: threeDecays,
  MGH09: (b, [x]) => (b[0]! * (x! ** 2 + x! * b[1]!)) / (x! ** 2 + x! * b[2]! + b[3]!),
  MGH10: (b, [x]) => b[0]! * exp(b[1]! / (x! + b[2]!)),
  MGH17: (b, [x]) => b[0]! + b[1]! * exp(-x! * b[3]!) + b[2]! * exp(-x! * b[4]!),
  Misra1a: saturation,
  Misra1b: (b, [x]) => b[0]! * (1 - (1 + (b[1]! * x!) / 2) ** -2),
  Misra1c: (b, [x]) => b[0]! * (1 - (1 + 2 * b[1]! * x!) ** -0.5),
  Misra1d: (b, [x]) => (b[0]! * b[1]! * x!) / (1 + b[1]! * x!),
  Nelson: (b, [x1, x2]) => b[0]! - b[1]! * x1! * exp(-b[2]! * x2!),
  Rat42: (b, [x]) => b[0]! / (1 + exp(b[1]! - b[2]! * x!)),
  Rat43: (b, [x]) => b[0]! / (1 + exp(b[1]! - b[2]! * x!)) ** (1 / b[3]!),
  Roszman1: (b, [x]) => b[0]! - b[1]! * x! - atan(b[2]! / (x! - b[3]!)) / PI,
  Thurber: rational(4, 3),
}
