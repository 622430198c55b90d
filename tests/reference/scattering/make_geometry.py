#!/usr/bin/python3
"""Detectors, geometry conventions, calibrant lines and integration by pyFAI (azimuthal errors). Run: /usr/bin/python3 make_geometry.py > geometry.json"""
import json
import logging

logging.disable(logging.WARNING)
import numpy as np
import pyFAI
from pyFAI.azimuthalIntegrator import AzimuthalIntegrator
from pyFAI.calibrant import get_calibrant
from pyFAI.detectors import Detector, detector_factory

NAMES = ["Pilatus 100k", "Pilatus 200k", "Pilatus 300k", "Pilatus 300kw", "Pilatus 1M", "Pilatus 2M", "Pilatus 6M", "Eiger 500k", "Eiger 1M",
         "Eiger 4M", "Eiger 9M", "Eiger 16M", "Eiger2 500k", "Eiger2 1M", "Eiger2 1M-W", "Eiger2 2M-W", "Eiger2 4M", "Eiger2 9M", "Eiger2 16M", "Lambda 750k",
         "Lambda 2M", "Dexela 2923", "Pixium 4700", "MAR 345", "Rayonix LX255", "FReLoN", "ApexII"]
detectors = []
for name in NAMES:
    d = detector_factory(name)
    mask = d.mask
    detectors.append({"name": name, "shape": [int(n) for n in d.max_shape], "pixel": [d.pixel1, d.pixel2],
                      "masked": 0 if mask is None else int(mask.sum())})

rng = np.random.default_rng(3)
fit2d = []
for _ in range(8):
    g = dict(dist=float(rng.uniform(0.05, 1)), poni1=float(rng.uniform(-0.05, 0.2)), poni2=float(rng.uniform(-0.05, 0.2)),
             rot1=float(rng.uniform(-0.6, 0.6)), rot2=float(rng.uniform(-0.6, 0.6)), rot3=0.0)
    ai = AzimuthalIntegrator(**g, detector=Detector(pixel1=1.5e-4, pixel2=2e-4, max_shape=(100, 100)), wavelength=1e-10)
    f = ai.getFit2D()
    fit2d.append({"geometry": g, "fit2d": {k: float(f[k]) for k in ("directDist", "centerX", "centerY", "tilt", "tiltPlanRotation")}})

lines = {}
for name in ("LaB6_SRM660c", "CeO2", "Si_SRM640e", "Ni", "Au", "Al", "Pt", "AgBh"):
    lines[name] = [float(d) for d in get_calibrant(name).dSpacing[:14]]

print(json.dumps({"peer": "pyFAI " + pyFAI.version, "script": "make_geometry.py", "detectors": detectors, "pixel1": 1.5e-4, "pixel2": 2e-4,
                  "fit2d": fit2d, "lines": lines}, indent=1))
