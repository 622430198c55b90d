"""Windows, forward and back Fourier transforms and Cauchy wavelets of a synthetic chi(k) by larch.
Needs python3-xraylarch: /usr/bin/python3 make_exafsTransform.py > exafsTransform.json"""
import json
import larch
import numpy as np
from larch import Group
from larch.xafs import cauchy_wavelet, ftwindow, xftf, xftr

KSTEP = 0.05
k = KSTEP * np.arange(321)
kk = np.maximum(k, 0.5)
chi = sum(n * a / (kk * r * r) * np.exp(-2 * k * k * s) * np.sin(2 * k * r + p + 0.1 * k) * np.exp(-kk / 20)
          for n, a, s, r, p in ((12, .6, .008, 2.55, .3), (6, .5, .011, 3.6, .9), (24, .5, .012, 4.42, .2)))
chi = np.array([float(f'{v:.9g}') for v in chi])

r10 = lambda a: [float(f'{v:.12g}') for v in a]
FORWARD = [
    dict(kmin=3, kmax=12, kweight=2, dk=4, window='kaiser'),
    dict(kmin=3, kmax=12, kweight=2, dk=1, window='hanning'),
    dict(kmin=2.51, kmax=11.52, kweight=3, dk=2, window='hanning'),
    dict(kmin=3, kmax=13, kweight=1, dk=3, dk2=5, window='parzen'),
    dict(kmin=3, kmax=12, kweight=0, dk=2, window='welch'),
    dict(kmin=3, kmax=12, kweight=2, dk=1, window='sine'),
    dict(kmin=3, kmax=12, kweight=2, dk=3, window='gaussian'),
    dict(kmin=3, kmax=12, kweight=2, dk=3, window='bessel'),
    dict(kmin=3, kmax=12, kweight=2, dk=0.3, window='fhanning'),
    dict(kmin=3, kmax=12, kweight=2, dk=0, window='hanning'),
    dict(kmin=0, kmax=16, kweight=2, dk=2, window='hanning'),
]
cases = []
for f in FORWARD:
    g = Group(k=k.copy(), chi=chi.copy())
    xftf(g, group=g, nfft=2048, kstep=KSTEP, rmax_out=10, **f)
    rev = dict(rmin=1.7, rmax=3.2, dr=0.5, window='hanning') if f['window'] != 'sine' else dict(rmin=1.7, rmax=3.2, dr=2, window='kaiser')
    xftr(g, group=g, nfft=2048, kstep=KSTEP, qmax_out=15, **rev)
    cases.append(dict(forward=f, reverse=rev, kwin=r10(g.kwin[::3]), re=r10(g.chir_re[:160]), im=r10(g.chir_im[:160]), q_re=r10(g.chiq_re[::6]), q_im=r10(g.chiq_im[::6]), r_step=float(g.r[1]), n_r=len(g.r), n_q=len(g.q)))

w = Group(k=k.copy(), chi=chi.copy())
cauchy_wavelet(w, group=w, kweight=2, rmax_out=5)
wavelet = dict(kweight=2, rmax_out=5, shape=list(w.wcauchy.shape), stride=17, re=r10(w.wcauchy_re[::17, ::17].ravel()), im=r10(w.wcauchy_im[::17, ::17].ravel()), maximum=float(w.wcauchy_mag.max()))
print(json.dumps(dict(peer='larch ' + larch.__version__, kstep=KSTEP, chi=chi.tolist(), cases=cases, wavelet=wavelet)))
