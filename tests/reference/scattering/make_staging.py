"""Areas of layer lines of lithium-graphite stages, and of lithium against copper and graphite, from structures by gemmi (IT92 form factors), for staging and plating.
Run: python3 make_staging.py  (gemmi, numpy)"""
import json
import pathlib

import gemmi
import numpy as np

FILLED, EMPTY = 3.706, 3.355


def line(cell, sites, hkl, wavelength, group="P 1"):
    """Integrated intensity per unit volume of a powder, m |F|^2 L / V^2, of one line; m counted over all planes of the Laue group of the lattice by hand in the caller."""
    s = gemmi.SmallStructure()
    s.spacegroup_hm = group
    s.cell = gemmi.UnitCell(*cell)
    for k, (element, x, y, z, occ, u) in enumerate(sites):
        site = gemmi.SmallStructure.Site()
        site.label, site.type_symbol, site.element = f"{element}{k}", element, gemmi.Element(element)
        site.fract, site.u_iso, site.occ = gemmi.Fractional(x, y, z), u, occ
        s.add_site(site)
    s.setup_cell_images()
    s.change_occupancies_to_crystallographic()
    f2 = abs(gemmi.StructureFactorCalculatorX(s.cell).calculate_sf_from_small_structure(s, hkl)) ** 2
    theta = np.arcsin(wavelength / 2 / s.cell.calculate_d(hkl))
    return f2 / (np.sin(theta) ** 2 * np.cos(theta)) / s.cell.volume**2, s.cell.volume


def stage(layers, filling, x):
    """A P1 cell of LiC6 in plane: carbon layers one above the other (stacking does not matter for 00l), lithium in the first gallery."""
    a = 2.464 * np.sqrt(3) * (1 + 0.0087 * x)
    c = layers * EMPTY if filling == 0 else FILLED + (layers - 1) * EMPTY
    carbon = [(1 / 3, 0), (2 / 3, 0), (0, 1 / 3), (0, 2 / 3), (1 / 3, 1 / 3), (2 / 3, 2 / 3)]
    first = FILLED / 2 if filling else EMPTY / 2
    sites = [("C", u, v, (first + k * EMPTY) / c, 1.0, 0.0) for k in range(layers) for u, v in carbon]
    if filling:
        sites.append(("Li", 0, 0, 0, filling, 0.0))
    return (a, a, c, 90, 90, 120), sites


def main():
    wavelength = 0.4133
    out = {"peer": f"gemmi {gemmi.__version__}", "wavelength": wavelength, "filled": FILLED, "empty": EMPTY, "stages": []}
    for name, layers, filling, x in [("graphite", 1, 0, 0), ("4L", 4, 2 / 3, 1 / 6), ("3L", 3, 2 / 3, 2 / 9), ("2L", 2, 2 / 3, 1 / 3), ("2", 2, 1, 1 / 2), ("1", 1, 1, 1)]:
        cell, sites = stage(layers, filling, x)
        per_volume, volume = line(cell, sites, [0, 0, layers], wavelength)
        d = cell[2] / layers
        # per C6: a volume of one layer
        out["stages"].append({"name": name, "x": x, "twoTheta": float(np.degrees(2 * np.arcsin(wavelength / 2 / d))), "areaPerC6": per_volume * volume / layers})
    # plating: intensity per mass of lithium 110 (12 planes, u 0.06), copper 111 (8 planes, u 0.007), graphite 002 (2 planes, u 0.01)
    wavelength = 0.1173
    lithium, v1 = line((3.5093,) * 3 + (90,) * 3, [("Li", 0, 0, 0, 1, 0.06), ("Li", 0.5, 0.5, 0.5, 1, 0.06)], [1, 1, 0], wavelength)
    copper, v2 = line((3.615,) * 3 + (90,) * 3, [("Cu", *p, 1, 0.007) for p in [(0, 0, 0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)]], [1, 1, 1], wavelength)
    graphite, v3 = line((2.464, 2.464, 6.711, 90, 90, 120), [("C", 0, 0, 0.25, 1, 0.01), ("C", 0, 0, 0.75, 1, 0.01), ("C", 1 / 3, 2 / 3, 0.25, 1, 0.01), ("C", 2 / 3, 1 / 3, 0.75, 1, 0.01)],
                        [0, 0, 2], wavelength)
    per_mass = [12 * lithium * v1 / (2 * 6.94), 8 * copper * v2 / (4 * 63.546), 2 * graphite * v3 / (4 * 12.011)]
    out["plating"] = {"wavelength": wavelength, "copperOverLithium": per_mass[1] / per_mass[0], "graphiteOverLithium": per_mass[2] / per_mass[0]}
    path = pathlib.Path(__file__).with_name("staging.json")
    path.write_text(json.dumps(out, indent=1) + "\n")


main()
