"""Peak fits by lmfit and scipy, and prominences and widths by scipy.signal, on seeded synthetic patterns.
Needs numpy, scipy, lmfit and uncertainties (errors of derived heights): python3 make_peaks.py > peaks.json"""
import json
import lmfit
import numpy as np
import scipy
import uncertainties
from lmfit.models import GaussianModel, LinearModel, LorentzianModel, PseudoVoigtModel, VoigtModel
from scipy.optimize import curve_fit
from scipy.signal import find_peaks, peak_prominences, peak_widths

rng = np.random.default_rng(11)
x = np.round(np.linspace(30, 36, 401), 4)
mid, half = (x[0] + x[-1]) / 2, (x[-1] - x[0]) / 2
lnsum = 2 * np.sqrt(2 * np.log(2))


def pv(x, c, w, e):
    u = (x - c) / w
    return (e * 2 / np.pi / (1 + 4 * u * u) + (1 - e) * 2 * np.sqrt(np.log(2) / np.pi) * np.exp(-4 * np.log(2) * u * u)) / w


def poisson(y):
    y = rng.poisson(y).astype(float)
    return y, np.sqrt(np.maximum(y, 1))


def rows(result, pick):
    return {name: [result.params[key].value * f, None if result.params[key].stderr is None else result.params[key].stderr * f] for name, key, f in pick}


def fit(model, guess, y, sigma, scale=True, tie=None):
    pars = model.make_params(**guess)
    if tie:
        tie(pars)
    r = model.fit(y, pars, x=x, weights=1 / sigma, scale_covar=scale, fit_kws=dict(ftol=1e-14, xtol=1e-14, gtol=1e-14))
    return r


out = dict(peers=dict(lmfit=lmfit.__version__, scipy=scipy.__version__, numpy=np.__version__, uncertainties=uncertainties.__version__), x=x.tolist(), cases={})

# two overlapping pseudo-Voigts on a slope
y, s = poisson(120 - 8 * (x - mid) + 300 * pv(x, 32.2, 0.3, 0.3) + 180 * pv(x, 32.6, 0.25, 0.6))
model = PseudoVoigtModel(prefix="a_") + PseudoVoigtModel(prefix="b_") + LinearModel(prefix="l_")
guess = dict(a_amplitude=300, a_center=32.2, a_sigma=.15, a_fraction=.5, b_amplitude=150, b_center=32.6, b_sigma=.15, b_fraction=.5, l_intercept=120, l_slope=0)
pick = [(f"peak{k}.{n}", f"{p}_{m}", f) for k, p in ((1, "a"), (2, "b")) for n, m, f in (("area", "amplitude", 1), ("centre", "center", 1), ("fwhm", "sigma", 2), ("eta", "fraction", 1), ("height", "height", 1))]
for name, scale in (("pseudoVoigt", True), ("pseudoVoigtAbsolute", False)):
    r = fit(model, guess, y, s, scale)
    out["cases"][name] = dict(y=y.tolist(), chiSquare=r.chisqr, parameters=rows(r, pick))


def tie(p):
    p["b_center"].set(expr="a_center + 0.4")
    p["b_sigma"].set(expr="a_sigma")
    p["b_fraction"].set(expr="a_fraction")


r = fit(model, guess, y, s, True, tie)
out["cases"]["tied"] = dict(chiSquare=r.chisqr, parameters=rows(r, [q for q in pick if q[0] not in ("peak2.eta", "peak2.fwhm")]))

# the error of the second height by the covariance of what varied: lmfit itself loses the part that comes through nested expressions
u = dict(zip(r.var_names, uncertainties.correlated_values([r.params[n].value for n in r.var_names], r.covar)))
f, w = u["a_fraction"], u["a_sigma"]
height = u["b_amplitude"] * ((1 - f) / (w * np.sqrt(np.pi / np.log(2))) + f / (np.pi * w))
out["cases"]["tied"]["parameters"]["peak2.height"] = [height.nominal_value, height.std_dev]

# Voigts
from lmfit.lineshapes import voigt
y, s = poisson(60 + 5 * (x - mid) + voigt(x, 400, 31.5, .08, .05) + voigt(x, 250, 33.5, .05, .12))
model = VoigtModel(prefix="a_") + VoigtModel(prefix="b_") + LinearModel(prefix="l_")
pars = model.make_params(a_amplitude=300, a_center=31.5, a_sigma=.1, b_amplitude=300, b_center=33.5, b_sigma=.1, l_intercept=60, l_slope=0)
for p in "ab":
    pars[f"{p}_gamma"].set(value=.1, vary=True, expr="")
r = model.fit(y, pars, x=x, weights=1 / s, fit_kws=dict(ftol=1e-14, xtol=1e-14, gtol=1e-14))
out["cases"]["voigt"] = dict(y=y.tolist(), chiSquare=r.chisqr, parameters=rows(r, [(f"peak{k}.{n}", f"{p}_{m}", f) for k, p in ((1, "a"), (2, "b")) for n, m, f in (("area", "amplitude", 1), ("centre", "center", 1), ("fwhmG", "sigma", lnsum), ("fwhmL", "gamma", 2))]))

# a Gaussian and a Lorentzian pattern without weights
for name, cls, f in (("gaussian", GaussianModel, lnsum), ("lorentzian", LorentzianModel, 2)):
    y = 3 + cls().eval(x=x, amplitude=20, center=32.7, sigma=.2) + rng.normal(0, .4, x.size)
    model = cls(prefix="a_") + LinearModel(prefix="l_")
    r = fit(model, dict(a_amplitude=15, a_center=32.6, a_sigma=.15, l_intercept=3, l_slope=0), np.round(y, 4), np.ones_like(x))
    out["cases"][name] = dict(y=np.round(y, 4).tolist(), chiSquare=r.chisqr, parameters=rows(r, [("peak1.area", "a_amplitude", 1), ("peak1.centre", "a_center", 1), ("peak1.fwhm", "a_sigma", f), ("peak1.height", "a_height", 1)]))


def scipy_case(name, f, names, p0, y, s):
    p, c = curve_fit(f, x, y, p0, sigma=s, ftol=1e-14, xtol=1e-14, gtol=1e-14)
    out["cases"][name] = dict(y=y.tolist(), chiSquare=float((((f(x, *p) - y) / s) ** 2).sum()), parameters={n: [v, e] for n, v, e in zip(names, p, np.sqrt(np.diag(c)))})


# split pseudo-Voigt, Thompson-Cox-Hastings, a Cu K alpha doublet; the background is c0 + c1 t, t mapped to [-1, 1]
def split(x, a, c, l, r, e, b0, b1):
    w = np.where(x < c, l, r)
    return a * pv(x, c, w, e) * w * 2 / (l + r) + b0 + b1 * (x - mid) / half


def tch(x, a, c, g, l, b0, b1):
    h = (g ** 5 + 2.69269 * g ** 4 * l + 2.42843 * g ** 3 * l ** 2 + 4.47163 * g ** 2 * l ** 3 + .07842 * g * l ** 4 + l ** 5) ** .2
    q = l / h
    return a * pv(x, c, h, 1.36603 * q - .47719 * q * q + .11116 * q ** 3) + b0 + b1 * (x - mid) / half


def doublet(x, a, c, w, e, b0, b1):
    c2 = 2 * np.degrees(np.arcsin(np.sin(np.radians(c / 2)) * 1.5444274 / 1.5405929))
    return a * (pv(x, c, w, e) + .5 * pv(x, c2, w, e)) + b0 + b1 * (x - mid) / half


bg = ["background0", "background1"]
scipy_case("splitPseudoVoigt", split, ["peak1.area", "peak1.centre", "peak1.fwhmLeft", "peak1.fwhmRight", "peak1.eta", *bg], [300, 32.7, .3, .3, .5, 80, 0], *poisson(split(x, 400, 32.703, .2, .4, .4, 80, 10)))
scipy_case("tch", tch, ["peak1.area", "peak1.centre", "peak1.fwhmG", "peak1.fwhmL", *bg], [300, 32.7, .2, .2, 80, 0], *poisson(tch(x, 400, 32.703, .22, .15, 80, 10)))
scipy_case("doublet", doublet, ["peak1.area", "peak1.centre", "peak1.fwhm", "peak1.eta", *bg], [300, 32.7, .1, .5, 80, 0], *poisson(doublet(x, 400, 32.703, .09, .4, 80, 10)))

# prominences and widths of a rough curve, by index; on an even grid widths are in steps
rough = np.round(np.convolve(rng.normal(0, 1, 200), np.ones(7) / 7, "same") + np.sin(np.arange(200) / 15), 3)
peaks, _ = find_peaks(rough)
prominence = peak_prominences(rough, peaks)
out["signal"] = dict(y=rough.tolist(), peaks=peaks.tolist(), prominence=prominence[0].tolist(), leftBase=prominence[1].tolist(), rightBase=prominence[2].tolist(),
                     width=peak_widths(rough, peaks)[0].tolist(), width80=peak_widths(rough, peaks, .8)[0].tolist(), level=peak_widths(rough, peaks)[1].tolist())
print(json.dumps(out))
