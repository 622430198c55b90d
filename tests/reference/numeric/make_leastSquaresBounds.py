"""A Gaussian on a constant with bounds that bind, starts on bounds and outliers, by scipy.optimize.least_squares (trf, 3-point Jacobian).
Run: python3 tests/reference/numeric/make_leastSquaresBounds.py > tests/reference/numeric/leastSquaresBounds.json"""
import json
import numpy as np
import scipy
from scipy.optimize import least_squares

rng = np.random.default_rng(5)
x = np.linspace(0, 10, 60)
clean = np.round(10 * np.exp(-0.5 * ((x - 4) / 0.7) ** 2) + 1 + 0.2 * rng.normal(size=60), 4)
outliers = clean.copy()
outliers[::9] += 30
inf = np.inf


def model(p):
    return p[0] * np.exp(-0.5 * ((x - p[1]) / p[2]) ** 2) + p[3]


def row(name, y, start, low, high, loss='linear', scale=1.0):
    fit = least_squares(lambda p: model(p) - y, start, bounds=(low, high), loss=loss, f_scale=scale, x_scale='jac', jac='3-point',
                        xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=5000)
    plain = lambda bounds: [None if np.isinf(b) else b for b in bounds]
    return dict(name=name, data='outliers' if y is outliers else 'clean', start=start, low=plain(low), high=plain(high),
                loss=dict(soft_l1='softL1').get(loss, loss), lossScale=scale, parameters=fit.x.tolist(), cost=2 * fit.cost)


rows = [
    row('the width ends on its bound', clean, [5, 3.5, 1, 2], [0, 0, 0.9, 0], [inf, 10, 5, inf]),
    row('width and background end on theirs', clean, [5, 3.5, 1, 2], [0, 0, 0.9, 1.5], [9, 10, 5, inf]),
    row('three start on bounds and leave them', clean, [0, 0, 5, 0], [0, 0, 0.01, 0], [inf, 10, 5, inf]),
    row('Huber with a width on its bound', outliers, [5, 3.5, 1, 2], [0, 0, 0.9, 0], [inf, 10, 5, inf], 'huber', 0.3),
]
rows += [row(f'{loss} among outliers', outliers, [5, 3.5, 1, 2], [-inf] * 4, [inf] * 4, loss, 0.3)
         for loss in ('soft_l1', 'huber', 'cauchy')]
print(json.dumps(dict(peer=f'scipy {scipy.__version__}', x=x.tolist(), clean=clean.tolist(), outliers=outliers.tolist(), rows=rows)))
