"""EXAFS paths, thermal models and fits by larch, from made-up scattering tables (no FEFF run) and synthetic data.
Needs python3-xraylarch: /usr/bin/python3 make_exafs.py > exafs.json"""
import json
import os
import sys
import tempfile
import larch
import numpy as np
import larch.xafs.sigma2_models as s2
from larch import Group
from larch.fitting import param, param_group
from larch.xafs import feffit, feffit_dataset, feffit_transform, feffpath, ff2chi


def _debye(natoms, tk, theta, rnorm, x, y, z, atwt):
    # the pure Python twin of the compiled FEFF6 routine, which Debian's package lacks
    f = lambda a: [float(v) for v in a]
    return s2.sigma2_correldebye_py(natoms, tk, theta, rnorm, f(x), f(y), f(z), f(atwt))


s2.sigma2_correldebye = _debye
sig = lambda v, n=10: float(f'{v:.{n}g}')
arr = lambda a, n=10: [sig(v, n) for v in a]
K = np.r_[np.arange(0, 2, .1), np.arange(2, 6, .2), np.arange(6, 10, .5), np.arange(10, 20.5, 1)]


def dat(title, absorber, reff, degen, atoms, strength, shift, rnorman=2.5):
    """text of a feffNNNN.dat with smooth made-up columns"""
    lines = [f'#{title:<64s}Feff XX 6.10', f'#Abs   Z={absorber} Rmt= 1.28 Rnm= 1.42 K shell']
    lines += [f'#Pot {p} Z={z:2d} Rmt= 1.27 Rnm= 1.39' for p, z in sorted({(a[3], a[4]) for a in atoms if a[3] > 0})]
    lines += ['#Gam_ch=1.761E+00 H-L exch', '#Mu=-5.535E+00 kf=1.806E+00 Vint=-1.796E+01 Rs_int= 2.008', '#Path    1      icalc       2', '#' + '-' * 71]
    lines += [f'# {len(atoms):2d} {degen:7.3f} {reff:8.4f} {rnorman:9.4f}   -5.53502 nleg, deg, reff, rnrmav(bohr), edge', '#       x         y         z   pot at#']
    for x, y, z, p, n, sym in atoms:
        lines.append(f'# {x:9.4f} {y:9.4f} {z:9.4f}  {p}  {n:2d} {sym}' + ('       absorbing atom' if p == 0 else ''))
    lines.append('#   k   real[2*phc]   mag[feff]  phase[feff] red factor   lambda     real[p]@#')
    for k in K:
        phc = 3.5 - 0.12 * k - 0.008 * k * k
        mag = strength * k * np.exp(-((k - 5) / 6.5) ** 2) * (1 + 0.15 * np.sin(0.7 * k))
        pha = -5 - 0.9 * k + 0.02 * k * k + shift
        red = 0.95 + 0.25 * np.exp(-((k - 3.2) / 1.8) ** 2)
        lam = 5 + 2.1 * k + 12 * np.exp(-((k - .5) / 1.1) ** 2)
        rep = np.sqrt(k * k + 3.2 * np.exp(-k / 6))
        lines.append(f'{k:7.3f} {phc:11.4E} {mag:11.4E} {pha:11.4E} {red:10.3E} {lam:11.4E} {rep:11.4E}')
    return '\n'.join(lines) + '\n'


TEXTS = {
    'feff0001.dat': dat('Ni O first shell', 28, 2.085, 6, [(0, 0, 0, 0, 28, 'Ni'), (2.085, 0, 0, 1, 8, 'O')], .062, 0.3),
    'feff0002.dat': dat('Ni Ni second shell', 28, 2.9486, 12, [(0, 0, 0, 0, 28, 'Ni'), (2.085, 2.085, 0, 2, 28, 'Ni')], .05, -.8),
    'feff0003.dat': dat('Ni O Ni triangle', 28, 3.5593, 24, [(0, 0, 0, 0, 28, 'Ni'), (2.085, 0, 0, 1, 8, 'O'), (2.085, 2.085, 0, 2, 28, 'Ni')], .015, 1.1),
}
tmp = tempfile.mkdtemp()
for name, text in TEXTS.items():
    with open(os.path.join(tmp, name), 'w') as fh:
        fh.write(text)
P = lambda name, **kw: feffpath(os.path.join(tmp, name), **kw)

PARS = [
    dict(),
    dict(s02=0.9, e0=4.2, deltar=-0.008, sigma2=0.0086),
    dict(s02=0.85, e0=-6.5, deltar=0.015, sigma2=0.005),
    dict(s02=0.9, e0=3.0, deltar=0.01, sigma2=0.0075, third=2.5e-4, fourth=2.0e-5),
    dict(s02=0.8, degen=5.0, e0=2.0, ei=1.5, sigma2=0.006),
]
chis = []
for name in TEXTS:
    for kw in PARS:
        g = Group()
        ff2chi([P(name, **kw)], group=g, kmax=15, kstep=0.05)
        chis.append(dict(path=name, parameters=kw, chi=arr(g.chi[1::5], 12)))
g = Group()
ff2chi([P(n, s02=0.9, e0=4, sigma2=0.008) for n in TEXTS], group=g, kmax=15, kstep=0.05)
total = dict(parameters=dict(s02=0.9, e0=4, sigma2=0.008), chi=arr(g.chi[1::5], 12))

thermal = []
for name in TEXTS:
    d = P(name)._feffdat
    geo = [[float(a[i]) for a in d.geom] for i in (4, 5, 6, 3)]
    for t in (0.001, 10, 100, 300, 700):
        thermal.append(dict(path=name, temperature=t, einstein=[[th, sig(s2.sigma2_eins(t, th, P(name)))] for th in (250., 450.)],
                            debye=[[th, sig(s2.sigma2_correldebye_py(len(d.geom), t, th, d.rnorman, *geo))] for th in (315., 500.)]))

# synthetic spectra: known parameters and seeded noise
rng = np.random.default_rng(5)


def data(ss2, dr, noise=2e-4):
    g = Group()
    ff2chi([P('feff0001.dat', s02=.85, e0=2.5, sigma2=ss2, deltar=dr), P('feff0002.dat', s02=.85, e0=2.5, sigma2=ss2 + .002, deltar=1.4 * dr), P('feff0003.dat', s02=.85, e0=2.5, sigma2=ss2 + .004, deltar=1.5 * dr)], group=g, kmax=15.5, kstep=0.05)
    return arr(g.chi + noise * rng.standard_normal(len(g.k)), 9)


def warm(t, theta, alpha, noise=2e-4):
    g = Group()
    out = 0
    for n in TEXTS:
        p = P(n)
        geo = [[float(a[i]) for a in p._feffdat.geom] for i in (4, 5, 6, 3)]
        s = s2.sigma2_correldebye_py(len(p._feffdat.geom), t, theta, p._feffdat.rnorman, *geo)
        ff2chi([P(n, s02=.85, e0=2.5, sigma2=s, deltar=alpha * p.reff)], group=g, kmax=15.5, kstep=0.05)
        out = out + g.chi
    return arr(out + noise * rng.standard_normal(len(g.k)), 9)


CHI = [data(.006, -.012), data(.0085, .004), warm(80, 480., -.004), warm(300, 480., .002)]
k = 0.05 * np.arange(len(CHI[0]))
ONE = [dict(path='feff0001.dat', s02='amp', e0='del_e0', sigma2='sig2', deltar='del_r')]
V4 = dict(amp=1.0, del_e0=0.5, sig2=0.004, del_r=0.001)
ALL = [dict(path=n, s02='amp', e0='del_e0', sigma2=f'sig2 + {x}', deltar='alpha * reff') for n, x in (('feff0001.dat', 0), ('feff0002.dat', .002), ('feff0003.dat', .004))]
R = dict(kmin=3, kmax=14, dk=4, window='kaiser', rmin=1.1, rmax=2.1)
FITS = [
    dict(name='first shell in R, k2', sets=[0], vary=V4, paths=[ONE], transform=dict(R, kweight=2, fitspace='r')),
    dict(name='first shell in q, hanning, k2', sets=[0], vary=V4, paths=[ONE], transform=dict(kmin=3, kmax=14, dk=2, window='hanning', rmin=1.1, rmax=2.1, dr=0.2, kweight=2, fitspace='q')),
    dict(name='three shells in k, k2', sets=[0], vary=dict(amp=1.0, del_e0=.5, sig2=.004, alpha=.001), paths=[ALL], transform=dict(kmin=3, kmax=14, dk=1, window='hanning', rmin=1.1, rmax=3.6, kweight=2, fitspace='k')),
    dict(name='three shells in R, k1 k2 k3 together', sets=[0], vary=dict(amp=1.0, del_e0=.5, sig2=.004, alpha=.001), paths=[ALL], transform=dict(R, rmax=3.6, kweight=[1, 2, 3], fitspace='r')),
    dict(name='first shell with third cumulant and ei', sets=[0], vary=dict(V4, c3=1e-5, ei=.1), paths=[[dict(ONE[0], third='c3', ei='ei')]], transform=dict(R, kweight=2, fitspace='r')),
    dict(name='two spectra with amplitude and e0 in common', sets=[0, 1], vary=dict(amp=1.0, del_e0=.5, sig2=.004, del_r=.001, sig2b=.004, del_rb=.001), paths=[ONE, [dict(ONE[0], sigma2='sig2b', deltar='del_rb')]], transform=dict(R, kweight=2, fitspace='r')),
    dict(name='correlated Debye at two temperatures, known noise', sets=[2, 3], epsilon_k=2e-4, vary=dict(amp=1.0, del_e0=.5, theta=500., alpha=.0, alphab=0.), paths=[[dict(p, sigma2='sigma2_debye(80, theta)') for p in ALL], [dict(p, sigma2='sigma2_debye(300, theta)', deltar='alphab * reff') for p in ALL]], transform=dict(R, rmax=3.6, kweight=2, fitspace='r')),
]
fits = []
for f in FITS:
    pars = param_group(**{n: param(v, vary=True) for n, v in f['vary'].items()})
    sets = []
    for i, paths in zip(f['sets'], f['paths']):
        pp = [P(p['path'], label=f's{i}p{j}', **{a: b for a, b in p.items() if a != 'path'}) for j, p in enumerate(paths)]
        group = Group(k=k.copy(), chi=np.array(CHI[i]))
        if 'epsilon_k' in f:
            group.epsilon_k = f['epsilon_k']    # feffit_dataset(epsilon_k=) is not passed on by larch 0.9.58
        sets.append(feffit_dataset(data=group, transform=feffit_transform(**f['transform']), paths=pp))
    out = feffit(pars, sets, xtol=1e-12, ftol=1e-12)
    sd = np.sqrt(np.diag(out.fit_details.covar))
    list_of = lambda v: arr(np.atleast_1d(v))
    fits.append(dict(f, result=dict(
        best={n: sig(out.params[n].value) for n in f['vary']}, stderr={n: sig(out.params[n].stderr) for n in f['vary']},
        correlation=dict(order=list(out.var_names), matrix=[arr(r) for r in out.fit_details.covar / np.outer(sd, sd)]),
        path_r=[sig(out.params[p.pathpar_name('deltar')].value + p.reff) for d in sets for p in d.paths.values()],
        path_r_stderr=[sig(out.params[p.pathpar_name('deltar')].stderr) for d in sets for p in d.paths.values()],
        n_independent=sig(out.n_independent), n_data=out.ndata, chi_square=sig(out.chi_square), chi2_reduced=sig(out.chi2_reduced), rfactor=sig(out.rfactor), aic=sig(out.aic), bic=sig(out.bic),
        epsilon_k=[list_of(d.epsilon_k) for d in sets], epsilon_r=[list_of(d.epsilon_r) for d in sets])))
print(json.dumps(dict(peer='larch ' + larch.__version__, texts=TEXTS, chis=chis, total=total, thermal=thermal, chi=CHI, fits=fits)))
