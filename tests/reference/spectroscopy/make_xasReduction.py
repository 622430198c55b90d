"""Normalisation, AUTOBK, MBACK and rebinning of a synthetic Fe K spectrum by larch, and AUTOBK as the linear problem it is by numpy and scipy.
Needs python3-xraylarch: /usr/bin/python3 make_xasReduction.py > xasReduction.json"""
import json
import larch
import numpy as np
import scipy
from larch import Group
from larch.xafs import autobk, ftwindow, pre_edge, rebin_xafs
from scipy.interpolate import UnivariateSpline, splev, splrep
from scipy.optimize import least_squares

E0 = 7112.0
K2 = 0.2624684239647984  # 1 / (hbar^2 / 2 m), CODATA 2022: 1e-9 from the value in larch
noise = np.random.default_rng(5).normal(size=600)
energy = np.concatenate([np.arange(E0 - 150, E0 - 20, 5), np.arange(E0 - 20, E0 + 30, .3), E0 + np.arange(2.85, 14, .0503) ** 2 / K2])  # no even step: the spline points would lie half-way between data
k = np.sqrt(np.maximum(0, energy - E0) * K2)
kk = np.maximum(k, .3)
chi = sum(n * a / kk * np.exp(-2 * k * k * s) * np.sin(2 * k * r + p) * np.exp(-kk ** 2 / 400)
          for n, a, s, r, p in ((6, .35, .006, 1.6, .3), (6, .5, .008, 2.55, .9), (8, .3, .011, 3.3, .2)))
mu = (0.5 - 2e-4 * (energy - E0) + 1.2 * (.5 + np.arctan((energy - E0) / 1.2) / np.pi) * (1 + .3 * chi * (k > 0) * (1 - np.exp(-k * k))) * np.exp(-(energy - E0) / 9000)
      + 2e-4 * noise[:len(energy)])
energy, mu = np.array([float(f'{v:.12g}') for v in energy]), np.array([float(f'{v:.12g}') for v in mu])
full = lambda a: [float(f'{v:.15g}') for v in np.asarray(a).ravel()]

normal = []
for kw in (dict(pre1=-140, pre2=-40, norm1=100, norm2=600, nnorm=2, nvict=0), dict(pre1=-120, pre2=-30, norm1=60, norm2=500, nnorm=1, nvict=2),
           dict(pre1=-140, pre2=-40, norm1=30, norm2=200, nnorm=0, nvict=0), dict(pre1=-140, pre2=-40, norm1=50, norm2=650, nnorm=3, nvict=1)):
    g = Group(energy=energy.copy(), mu=mu.copy())
    pre_edge(g, e0=7112.1, **kw)  # larch moves it to the grid
    normal.append(dict(parameters=dict(kw, e0=float(g.e0)), edge_step=float(g.edge_step), norm=full(g.norm[::7]), pre_edge=full(g.pre_edge[::7]), post_edge=full(g.post_edge[::7])))


def problem(e0, rbkg=1.0, kweight=1, kmin=0.0, kmax=None, dk=0.1, nknots=None, nfft=2048, kstep=0.05):
    """chi(k) of mu and of each basis spline, and the Fourier residual of a chi(k)"""
    ie0 = np.where(energy <= e0)[0][-1]
    kraw = np.sqrt(K2 * np.abs(energy[ie0:] - e0)) * np.sign(energy[ie0:] - e0)
    kmax = kraw.max() if kmax is None else min(kraw.max(), kmax)
    kout = kstep * np.arange(int(1.01 + kmax / kstep))
    stop = min(len(energy), 2 + np.where(energy <= e0 + kmax ** 2 / K2)[0][-1]) - 1
    win = kout ** kweight * ftwindow(kout, xmin=kmin, xmax=kmax, dx=dk, dx2=dk, window='hanning')
    n = 1 + int(2 * rbkg * (kmax - kmin) / np.pi)
    bins = int(1 + (n - 1) * np.pi / (2 * np.pi / (kstep * nfft) * (kmax - kmin)))
    n = max(5, min(128, nknots or n))
    at = kraw[[np.abs(kraw - q).argmin() for q in kmin + np.arange(n) * (kmax - kmin) / (n - 1)]]
    knots = splrep(at, at, k=3)[0]
    kr = kraw[:stop - ie0 + 1]
    grid = lambda y: UnivariateSpline(kr, y, s=0)(kout)

    def low(chi):
        f = np.fft.fft(np.concatenate([chi * win, np.zeros(nfft - len(kout))]))[:bins]
        return np.concatenate([f.real, f.imag])
    return grid(mu[ie0:stop + 1]), np.array([grid(splev(kr, (knots, np.eye(n + 4)[i], 3))) for i in range(n)]), low


def exact(**kw):
    y, basis, low = problem(**kw)
    return y - np.linalg.lstsq(np.array([low(b) for b in basis]).T, low(y), rcond=None)[0] @ basis


def minimum(clamp_lo, clamp_hi, **kw):
    """the minimum of the clamped residual of larch 0.9.58, at which its own optimiser (tolerances of 1e-6) may not arrive"""
    y, basis, low = problem(**kw)

    def residual(c):
        chi = y - c @ basis
        out = low(chi)
        scale = 1 + 100 * (out * out).mean()
        return np.concatenate([out, clamp_lo * scale * chi[:3], clamp_hi * scale * chi[-3:]])
    start = np.linalg.lstsq(np.array([low(b) for b in basis]).T, low(y), rcond=None)[0]
    return y - least_squares(residual, start, xtol=1e-15, ftol=1e-15, gtol=1e-15, jac='3-point', max_nfev=5000).x @ basis


background = []
for kw in (dict(e0=7112.0, rbkg=1.0, kweight=1), dict(e0=7111.3, rbkg=1.2, kweight=2, kmax=12.5), dict(e0=7114.0, rbkg=0.9, kweight=3, kmin=0.5, dk=1.0), dict(e0=7112.0, rbkg=1.0, kweight=2, nknots=9)):
    g = Group(energy=energy.copy(), mu=mu.copy())
    autobk(g, edge_step=1.0, nclamp=0, clamp_lo=0, clamp_hi=0, calc_uncertainties=False, **kw)
    background.append(dict(parameters=kw, exact=full(exact(**kw)), larch=full(g.chi)))
clamped = []
for kw in (dict(e0=7112.0, rbkg=1.0, kweight=2, clamp_lo=0, clamp_hi=1), dict(e0=7112.0, rbkg=1.0, kweight=1, clamp_lo=2, clamp_hi=5)):
    g = Group(energy=energy.copy(), mu=mu.copy())
    autobk(g, edge_step=1.0, nclamp=3, calc_uncertainties=False, **kw)
    clamped.append(dict(parameters=kw, larch=full(g.chi), minimum=full(minimum(**kw))))

rebinned = []
for kw in (dict(pre1=-140, pre2=-30, pre_step=10, xanes_step=1.0, exafs1=25, exafs2=650, exafs_kstep=0.07), dict(pre1=-100, pre2=-20, pre_step=5, xanes_step=0.5, exafs1=15, exafs2=500, exafs_kstep=0.05)):
    for method in ('boxcar', 'centroid'):
        g = Group(energy=energy.copy(), mu=mu.copy(), __name__='g')
        rebin_xafs(g, e0=E0, method=method, **kw)
        rebinned.append(dict(parameters=dict(kw, e0=E0, method=method), energy=full(g.rebinned.energy), mu=full(g.rebinned.mu)))

print(json.dumps(dict(peer='larch ' + larch.__version__, exact=f'numpy {np.__version__}, scipy {scipy.__version__}', energy=energy.tolist(), mu=mu.tolist(),
                      normal=normal, background=background, clamped=clamped, rebinned=rebinned)))
