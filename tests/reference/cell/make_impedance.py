"""Impedance of circuits, a circuit fit and the linear Kramers-Kronig test as impedance.py does them -> impedance.json
Needs numpy, scipy and impedance.py 1.7.1 (https://github.com/ECSHackWeek/impedance.py, MIT) on PYTHONPATH."""
import json
import sys
import types
from pathlib import Path

import numpy as np
import scipy

# its figures need matplotlib and altair, its numbers do not
figures = types.ModuleType('impedance.visualization')
figures.plot_altair = figures.plot_bode = figures.plot_nyquist = None
sys.modules['impedance.visualization'] = figures
for name in ('matplotlib', 'matplotlib.pyplot'):
    sys.modules.setdefault(name, types.ModuleType(name))
import impedance
from impedance.models.circuits import CustomCircuit
from impedance.validation import linKK

f = np.logspace(5, -2, 50)
split = lambda z: {'real': z.real.tolist(), 'imaginary': z.imag.tolist()}

CIRCUITS = {
    'R0-p(R1,C1)': [10, 100, 1e-5],
    'L1-R0-p(R1,CPE1)-W1': [1e-7, 2, 40, 2e-4, 0.87, 3.5],
    'R0-p(R1-Wo1,C1)': [1.5, 20, 30, 50, 1e-4],
    'R0-p(R1,CPE1)-p(R2-Ws1,CPE2)': [1.5, 20, 1e-5, 0.9, 25, 60, 8, 5e-3, 0.8],
    'R0-p(p(R1,C1)-R2,C2)': [1, 5, 1e-3, 7, 1e-5],
}
out = {
    'about': 'made by make_impedance.py',
    'peer': f'impedance.py {impedance.__version__} with scipy {scipy.__version__}',
    'frequency': f.tolist(),
    'circuits': [
        {'circuit': text, 'parameters': p, **split(CustomCircuit(text, initial_guess=p).predict(f, use_initial=True))}
        for text, p in CIRCUITS.items()
    ],
}

# a noisy spectrum: 0.3 % of |Z| in each part
random = np.random.default_rng(7)
text = 'L0-R0-p(R1,CPE1)-p(R2,CPE2)-Wo1'
truth = [1e-7, 2, 10, 1e-4, 0.9, 30, 2e-3, 0.85, 15, 80]
z = CustomCircuit(text, initial_guess=truth).predict(f, use_initial=True)
z = z + 3e-3 * np.abs(z) * (random.standard_normal(len(f)) + 1j * random.standard_normal(len(f)))
circuit = CustomCircuit(text, initial_guess=truth)
circuit.fit(f, z, weight_by_modulus=True, ftol=1e-15, xtol=1e-15, gtol=1e-15, maxfev=100000)
out['fit'] = {
    'circuit': text,
    'truth': truth,
    **split(z),
    'parameters': circuit.parameters_.tolist(),
    'errors': circuit.conf_.tolist(),
}

# the same spectrum, and one whose resistance grew while it was measured
drift = CustomCircuit('R0-p(R1,CPE1)-W1', initial_guess=[2, 40, 2e-4, 0.87, 3]).predict(f, use_initial=True)
drift = drift.real * (1 + 0.2 * np.linspace(0, 1, len(f)) ** 2) + 1j * drift.imag
out['kramersKronig'] = []
for name, spectrum in (('noisy', z), ('drifting', drift)):
    for cap in (False, True):
        m, mu, model, re, im = linKK(f, spectrum, c=0.85, max_M=50, fit_type='complex', add_cap=cap)
        out['kramersKronig'].append({
            'name': name, 'capacitance': cap, **split(spectrum), 'elements': int(m), 'mu': float(mu),
            'residualReal': re.tolist(), 'residualImaginary': im.tolist(),
        })
        print(name, cap, m, mu, abs(re).max(), abs(im).max())
Path(__file__).with_name('impedance.json').write_text(json.dumps(out))
