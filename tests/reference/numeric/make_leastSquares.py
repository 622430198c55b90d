"""Fits of two Gaussian peaks on a line by scipy and lmfit: bounds, robust losses, Poisson likelihood, ties. Run with Debian 12's python3.

Parameters: height1, centre1, fwhm1, height2, centre2, fwhm2, level, slope.
"""
import json
import os

import lmfit
import numpy as np
import scipy
from scipy.optimize import curve_fit, least_squares, minimize

NAMES = ['height1', 'centre1', 'fwhm1', 'height2', 'centre2', 'fwhm2', 'level', 'slope']
TRUTH = np.array([40.0, 3.2, 0.8, 25.0, 4.4, 1.1, 3.0, 0.4])
START = np.array([30.0, 3.0, 1.0, 30.0, 4.6, 1.0, 2.0, 0.1])
L = 4 * np.log(2)
x = np.round(np.linspace(0, 8, 81), 6)


def model(x, *p):
    g = lambda h, c, w: h * np.exp(-L * ((x - c) / w) ** 2)
    return g(*p[0:3]) + g(*p[3:6]) + p[6] + p[7] * x


rng = np.random.default_rng(20)
sigma = np.round(np.sqrt(model(x, *TRUTH)), 6)
y = np.round(model(x, *TRUTH) + sigma * rng.standard_normal(x.size), 6)
outliers = y.copy()
outliers[[7, 30, 33, 55, 70]] += np.array([30, -25, 40, 60, -8.0])
counts = rng.poisson(model(x, *TRUTH) * 0.4).astype(float)
tight = dict(xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=20000, x_scale=np.abs(START))
weighted = lambda p, data=y: (model(x, *p) - data) / sigma
full = lambda a: [float(repr(float(v))) for v in np.ravel(a)]
out = dict(source=f'scipy {scipy.__version__}, lmfit {lmfit.__version__}, numpy {np.__version__}; make_leastSquares.py',
           names=NAMES, start=full(START), x=full(x), y=full(y), sigma=full(sigma), outliers=full(outliers), counts=full(counts))

for name, absolute in (('scaled', False), ('absolute', True)):
    p, c = curve_fit(model, x, y, START, sigma=sigma, absolute_sigma=absolute, ftol=1e-15, xtol=1e-15, gtol=1e-15, maxfev=20000)
    out['curve_fit_' + name] = dict(values=full(p), covariance=full(c))

inf = np.inf
BOUNDS = dict(
    none_active=([0, 0, 0.1, 0, 0, 0.1, 0, -5], [100, 8, 3, 100, 8, 3, 10, 5]),
    fwhm_at_top=([0, 0, 0.1, 0, 0, 0.1, -inf, -inf], [inf, 8, 0.7, inf, 8, 1.05, inf, inf]),
    slope_and_centre=([-inf, -inf, -inf, -inf, 4.55, -inf, -inf, 0.0], [inf, inf, inf, inf, 5, inf, inf, 0.2]),
    background_held=([-inf] * 6 + [4.0, -1.0], [34.0] + [inf] * 5 + [9.0, 0.1]),
)
START_IN = dict(slope_and_centre=[30, 3.0, 1.0, 30, 4.6, 1.0, 2.0, 0.1], fwhm_at_top=[30, 3.0, 0.5, 30, 4.6, 1.0, 2.0, 0.1],
                background_held=[30, 3.0, 1.0, 30, 4.6, 1.0, 5.0, 0.0])
out['bounded'] = []
for name, (lo, hi) in BOUNDS.items():
    s = np.array(START_IN.get(name, START), float)
    best = min((least_squares(weighted, s, jac='3-point', bounds=(lo, hi), method=m, **tight) for m in ('trf', 'dogbox')), key=lambda r: r.cost)
    clean = lambda b: [None if np.isinf(v) else float(v) for v in b]
    out['bounded'].append(dict(name=name, min=clean(lo), max=clean(hi), start=full(s), values=full(best.x), cost=2 * float(best.cost)))

out['robust'] = []
for loss in ('soft_l1', 'huber', 'cauchy'):
    for scale in (1.0, 2.5):
        r = least_squares(weighted, START, jac='3-point', loss=loss, f_scale=scale, args=(outliers,), **tight)
        # the covariance that scipy's curve_fit makes of such a result
        cov = np.linalg.inv(r.jac.T @ r.jac)
        out['robust'].append(dict(loss={'soft_l1': 'softL1'}.get(loss, loss), lossScale=scale, values=full(r.x), cost=2 * float(r.cost),
                                  errors=full(np.sqrt(np.diag(cov) * 2 * r.cost / (x.size - 8)))))

nll = lambda p: np.inf if np.any((m := model(x, *p)) <= 0) else float(np.sum(m - counts * np.log(m)))
p = START.copy()
for _ in range(6):
    p = minimize(nll, p, method='Nelder-Mead', options=dict(xatol=1e-13, fatol=1e-14, maxiter=200000, maxfev=200000, adaptive=True)).x
    p = minimize(nll, p, method='BFGS', options=dict(gtol=1e-9, maxiter=5000)).x


def jacobian(p):
    j = np.empty((x.size, 8))
    for i in range(8):
        h = 1e-5 * max(1, abs(p[i]))
        d = np.zeros(8)
        d[i] = h
        j[:, i] = (8 * (model(x, *(p + d)) - model(x, *(p - d))) - (model(x, *(p + 2 * d)) - model(x, *(p - 2 * d)))) / (12 * h)
    return j


for _ in range(50):  # Fisher scoring to the last digit from there
    j, m = jacobian(p), model(x, *p)
    p = p - np.linalg.solve(j.T @ (j / m[:, None]), j.T @ (1 - counts / m))
j, m = jacobian(p), model(x, *p)
deviance = 2 * np.sum(m - counts + np.where(counts > 0, counts * np.log(np.where(counts > 0, counts, 1) / m), 0))
out['poisson'] = dict(values=full(p), deviance=float(deviance), errors=full(np.sqrt(np.diag(np.linalg.inv(j.T @ (j / m[:, None]))))))

pars = lmfit.Parameters()
for n, v in zip(NAMES, START):
    pars.add(n, value=v)
pars['fwhm2'].expr = 'fwhm1 * 1.4'
pars.add('split', value=1.2)
pars['centre2'].expr = 'centre1 + split'
pars['level'].set(value=3.0, vary=False)
pars.add('area1', expr='height1 * fwhm1 * sqrt(pi / (4 * log(2)))')
pars.add('ratio', expr='area1 / (height2 * fwhm2)')
fit = lmfit.minimize(lambda q: (model(x, *[q[n].value for n in NAMES]) - y) / sigma, pars, method='leastsq', ftol=1e-15, xtol=1e-15)
out['tied'] = {n: dict(value=float(q.value), error=None if q.stderr is None else float(q.stderr),
                       correlations={k: float(v) for k, v in (q.correl or {}).items()}) for n, q in fit.params.items()}
out['tied_chiSquare'] = float(fit.chisqr)
out['tied_redchi'] = float(fit.redchi)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'leastSquares.json'), 'w') as f:
    f.write(json.dumps(out, separators=(',', ':')).replace('],"', '],\n"').replace('},{', '},\n{') + '\n')
