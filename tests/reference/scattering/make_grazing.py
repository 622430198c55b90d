"""Grazing incidence by complex wave vectors in numpy, with delta and beta of xraydb: depth, refraction, transmitted intensity.
Run: python3 make_grazing.py  (numpy, xraydb)"""
import json
import pathlib

import numpy as np
import xraydb

HC = 12398.419843320025


def main():
    cases = []
    for formula, density, energy in [("Cu", 8.96, 12000.0), ("C", 2.26, 8000.0), ("LiFePO4", 3.6, 15000.0)]:
        delta, beta, _ = xraydb.xray_delta_beta(formula, density, energy)
        n = 1 - delta + 1j * beta
        alpha = np.radians(np.array([0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 3.0, 10.0]))
        # Snell with complex numbers: cos(inside) = cos(alpha) / n
        k = 2 * np.pi / (HC / energy)
        kz = k * n * np.sqrt(1 - (np.cos(alpha) / n) ** 2)
        depth = 1 / (2 * kz.imag) * 1e-4
        t = 2 * k * np.sin(alpha) / (k * np.sin(alpha) + kz)
        shift = np.degrees(alpha - np.arctan2(kz.real, k * np.cos(alpha)))
        cases.append({"formula": formula, "density": density, "energy": energy, "delta": float(delta), "beta": float(beta), "incidence": np.degrees(alpha).tolist(), "depth": depth.tolist(),
                      "shift": shift.tolist(), "surface": (abs(t) ** 2).tolist()})
    peer = f"numpy {np.__version__}, xraydb {xraydb.__version__}"
    pathlib.Path(__file__).with_name("grazing.json").write_text(json.dumps({"peer": peer, "cases": cases}, indent=1) + "\n")


main()
