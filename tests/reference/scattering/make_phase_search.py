"""Powder patterns of mixtures with strained cells, drawn by gemmi (structure factors, IT92) and scipy (Voigt lines): for the search of known phases.
Run: python3 make_phase_search.py  (gemmi, numpy, scipy)"""
import json
import pathlib

import gemmi
import numpy as np
import scipy
from scipy.special import voigt_profile

WAVELENGTH = 0.7093
# name: space group, cell, sites (element, x, y, z, B)
PHASES = {
    "LiCoO2": ("R -3 m:H", (2.8161, 2.8161, 14.0536, 90, 90, 120), [("Li", 0, 0, 0.5, 1.0), ("Co", 0, 0, 0, 0.3), ("O", 0, 0, 0.2605, 0.5)]),
    "LiFePO4": ("P n m a", (10.332, 6.010, 4.692, 90, 90, 90), [("Li", 0, 0, 0, 1.0), ("Fe", 0.2822, 0.25, 0.9748, 0.5), ("P", 0.0948, 0.25, 0.4182, 0.5),
                ("O", 0.0968, 0.25, 0.7428, 0.7), ("O", 0.4571, 0.25, 0.2060, 0.7), ("O", 0.1656, 0.0465, 0.2848, 0.7)]),
    "FePO4": ("P n m a", (9.8142, 5.7893, 4.782, 90, 90, 90), [("Fe", 0.2753, 0.25, 0.9483, 0.5), ("P", 0.0940, 0.25, 0.3948, 0.5),
              ("O", 0.1215, 0.25, 0.7095, 0.7), ("O", 0.4394, 0.25, 0.1596, 0.7), ("O", 0.1662, 0.0448, 0.2505, 0.7)]),
    "Al": ("F m -3 m", (4.0495,) * 3 + (90,) * 3, [("Al", 0, 0, 0, 0.8)]),
    "Cu": ("F m -3 m", (3.6149,) * 3 + (90,) * 3, [("Cu", 0, 0, 0, 0.55)]),
    "graphite": ("P 63/m m c", (2.464, 2.464, 6.711, 90, 90, 120), [("C", 0, 0, 0.25, 0.8), ("C", 1 / 3, 2 / 3, 0.25, 0.8)]),
}
# name: phases as (name, volume, strain of a, b, c), texture (relative scatter of intensities), counts in the background
MIXTURES = {
    "cathode on aluminium, half charged": ([("LiCoO2", 1.0, (-0.002, -0.002, 0.012)), ("Al", 0.3, (0.001,) * 3)], 0.08, 200),
    "two olivines": ([("LiFePO4", 0.6, (-0.0015, 0.001, 0.0007)), ("FePO4", 0.4, (0.003, 0.002, -0.001)), ("Al", 0.1, (0, 0, 0))], 0.05, 300),
    "graphite on copper": ([("graphite", 1.0, (0.0005, 0.0005, 0.006)), ("Cu", 0.02, (0.0008,) * 3)], 0.05, 400),
}


def lines(name, strain, d_min):
    group, cell, sites = PHASES[name]
    structure = gemmi.SmallStructure()
    structure.spacegroup_hm = group
    structure.cell = gemmi.UnitCell(*cell)
    for k, (element, x, y, z, b) in enumerate(sites):
        site = gemmi.SmallStructure.Site()
        site.label, site.type_symbol, site.element = f"{element}{k}", element, gemmi.Element(element)
        site.fract, site.u_iso, site.occ = gemmi.Fractional(x, y, z), b / (8 * np.pi**2), 1.0
        structure.add_site(site)
    structure.setup_cell_images()
    structure.change_occupancies_to_crystallographic()
    ops = gemmi.SpaceGroup(group).operations()
    calculator = gemmi.StructureFactorCalculatorX(structure.cell)
    moved = gemmi.UnitCell(*[c * (1 + s) for c, s in zip(cell, tuple(strain) + (0, 0, 0))])
    out = []
    for hkl in gemmi.make_miller_array(structure.cell, gemmi.SpaceGroup(group), d_min, 0, True):
        hkl = [int(i) for i in hkl]
        if ops.is_systematically_absent(hkl):
            continue
        equivalents = {tuple(op.apply_to_hkl(hkl)) for op in ops.sym_ops}
        multiplicity = len(equivalents | {tuple(-i for i in e) for e in equivalents})
        f2 = abs(calculator.calculate_sf_from_small_structure(structure, hkl)) ** 2
        out.append((moved.calculate_d(hkl), multiplicity * f2 / structure.cell.volume**2))
    return out


def main():
    two_theta = np.round(np.arange(8, 38, 0.012), 4)
    random = np.random.default_rng(4)
    patterns = []
    for title, (phases, texture, counts) in MIXTURES.items():
        y = counts * (0.6 + np.exp(-0.08 * (two_theta - 8)))
        shape = np.zeros_like(y)
        for name, volume, strain in phases:
            for d, strength in lines(name, strain, WAVELENGTH / 2 / np.sin(np.radians(39) / 2)):
                theta = np.arcsin(WAVELENGTH / 2 / d)
                area = volume * strength / (np.sin(theta) ** 2 * np.cos(theta)) * np.exp(texture * random.normal())
                shape += area * voigt_profile(two_theta - np.degrees(2 * theta), 0.02, 0.02)
        y = random.poisson(y + 6000 * shape / shape.max())
        patterns.append({"title": title, "phases": [{"name": n, "volume": v, "strain": list(s)} for n, v, s in phases], "intensity": y.tolist()})
    path = pathlib.Path(__file__).with_suffix("").with_name("phase_search.json")
    peer = f"gemmi {gemmi.__version__}, scipy {scipy.__version__}"
    phases = {n: {"spaceGroup": g, "cell": c, "sites": s} for n, (g, c, s) in PHASES.items()}
    path.write_text(json.dumps({"peer": peer, "wavelength": WAVELENGTH, "start": 8, "step": 0.012, "phases": phases, "patterns": patterns}, separators=(",", ":")) + "\n")


main()
