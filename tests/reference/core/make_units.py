"""Factors between units and constants, by scipy.constants (CODATA 2018) and exact arithmetic. Writes units.json.
scipy 1.10: /usr/bin/python3 tests/reference/core/make_units.py"""
import json, os
import scipy
from scipy import constants as c

out = {
    "about": "factor: a number in `from` times this is the number in `to`; from scipy.constants",
    "peer": f"scipy {scipy.__version__}",
    "factors": [
        ["eV", "J", c.eV], ["keV", "eV", 1e3], ["Å", "m", c.angstrom], ["Angstrom", "nm", 0.1], ["µm", "Å", 1e4],
        ["deg", "rad", c.degree], ["arcsec", "rad", c.arcsec], ["atm", "Pa", c.atm], ["bar", "Pa", c.bar], ["Torr", "Pa", c.torr],
        ["min", "s", c.minute], ["h", "s", c.hour], ["d", "s", c.day], ["mAh", "C", 3.6], ["mAh/g", "C/kg", 3600.0],
        ["mA/cm²", "A/m²", 10.0], ["g/cm³", "kg/m³", 1000.0], ["1/nm", "1/Å", 0.1], ["cm⁻¹", "1/m", 100.0], ["L", "m^3", c.liter],
        ["barn", "m²", 1e-28], ["u", "kg", c.atomic_mass], ["Wh/kg", "J/kg", 3600.0], ["%", "", 0.01],
    ],
    "constants": {
        "SPEED_OF_LIGHT": c.c, "PLANCK": c.h, "HBAR": c.hbar, "ELEMENTARY_CHARGE": c.e, "BOLTZMANN": c.k, "AVOGADRO": c.N_A,
        "GAS_CONSTANT": c.N_A * c.k, "FARADAY": c.N_A * c.e, "HC_EV_ANGSTROM": c.h * c.c / c.e * 1e10,
        "ELECTRON_MASS": c.m_e, "ELECTRON_REST_ENERGY": c.value("electron mass energy equivalent in MeV") * 1e6,
        "ELECTRON_RADIUS": c.value("classical electron radius"), "THOMSON_CROSS_SECTION": c.value("Thomson cross section"),
        "COMPTON_WAVELENGTH": c.value("Compton wavelength"), "FINE_STRUCTURE": c.alpha, "BOHR_RADIUS": c.value("Bohr radius"),
        "RYDBERG_EV": c.value("Rydberg constant times hc in eV"), "ATOMIC_MASS": c.atomic_mass, "VACUUM_PERMITTIVITY": c.epsilon_0,
        "NEUTRON_MASS": c.m_n,
    },
}
with open(os.path.join(os.path.dirname(__file__), "units.json"), "w") as f:
    json.dump(out, f, ensure_ascii=False, indent=0)
