#!/usr/bin/python3
"""Densities and cells of materials as other programs carry them: xraylib's NIST compositions and crystals, periodictable (CRC Handbook), pyFAI's calibrants.
Run: /usr/bin/python3 make_densities.py > densities.json   (Debian: python3-xraylib, python3-periodictable, python3-pyfai)"""
import json
import os
import re

import periodictable
import pyFAI
import xraylib

ELEMENTS = dict(beryllium="Be", lithium="Li", sodium="Na", aluminium="Al", titanium="Ti", iron="Fe", nickel="Ni", copper="Cu", tin="Sn", tungsten="W", platinum="Pt", gold="Au",
                silicon="Si", germanium="Ge")
NIST = {"Kapton": "Kapton Polyimide Film", "Mylar": "Polyethylene Terephthalate (Mylar)", "PTFE": "Polytetrafluoroethylene (Teflon)", "polyethylene": "Polyethylene", "polypropylene": "Polypropylene",
        "PMMA": "Polymethyl Methacralate (Lucite, Perspex)", "PVDF": "Polyvinylidene Fluoride", "sapphire": "Aluminum Oxide", "rutile": "Titanium Dioxide", "lithium fluoride": "Lithium Fluoride",
        "lithium carbonate": "Lithium Carbonate", "lithium oxide": "Lithium Oxide", "water": "Water, Liquid", "air": "Air, Dry (near sea level)", "borosilicate glass": "Glass, Pyrex",
        "soda-lime glass": "Glass, Plate", "carbon dioxide": "Carbon Dioxide"}
CRYSTALS = {"beryllium": "Be", "aluminium": "Aluminum", "titanium": "Titanium", "copper": "Copper", "platinum": "Platinum", "gold": "Gold", "silicon": "Si_NIST", "germanium": "Ge", "diamond": "Diamond",
            "graphite": "Graphite", "quartz": "AlphaQuartz", "sapphire": "AlphaAlumina", "muscovite": "Muscovite", "lithium fluoride": "LiF", "lanthanum hexaboride": "LaB6_NIST"}
CALIBRANTS = {"aluminium": "Al", "nickel": "Ni", "gold": "Au", "platinum": "Pt", "ceria": "CeO2", "rutile": "TiO2", "lanthanum hexaboride": "LaB6_SRM660c", "silicon": "Si_SRM640e", "quartz": "quartz"}


def cell(crystal):
    c = xraylib.Crystal_GetCrystal(crystal)
    return [round(c[k], 5) for k in ("a", "b", "c", "alpha", "beta", "gamma")]


def calibrant(name):
    with open(os.path.join(os.path.dirname(pyFAI.__file__), "resources", "calibration", name + ".D")) as file:
        head = [line for line in file if line.startswith("#")]
    numbers = re.search(r"a=([\d.]+) b=([\d.]+) c=([\d.]+)", "".join(head)).groups()
    return dict(cell=[float(x) for x in numbers], reference=re.search(r"Ref: (.*)", "".join(head)).group(1).strip())


print(json.dumps(dict(
    peer=f"xraylib {xraylib.__version__}, periodictable {periodictable.__version__}, pyFAI {pyFAI.version}",
    elements={name: getattr(periodictable, symbol).density for name, symbol in ELEMENTS.items()},
    nist={name: xraylib.GetCompoundDataNISTByName(nist)["density"] for name, nist in NIST.items()},
    crystals={name: cell(crystal) for name, crystal in CRYSTALS.items()},
    calibrants={name: calibrant(file) for name, file in CALIBRANTS.items()}), indent=1))
