"""Voigt profiles by scipy.special.voigt_profile. Any Python with numpy and scipy: python3 make_profiles.py > profiles.json"""
import json
import numpy as np
import scipy
from scipy.special import voigt_profile

x = np.concatenate([np.linspace(-1, 1, 41), [-30, -7.5, 4, 12, 100]])
sets = [(0.2, 0.1), (0.5, 0.5), (0.05, 0.4), (0.4, 0.003), (0.3, 0.0), (1e-4, 0.3)]
to_sigma = 1 / (2 * np.sqrt(2 * np.log(2)))
print(json.dumps({
    "peers": {"scipy": scipy.__version__},
    "x": x.tolist(),
    "voigt": [{"fwhmG": g, "fwhmL": l, "y": voigt_profile(x, g * to_sigma, l / 2).tolist()} for g, l in sets],
}))
