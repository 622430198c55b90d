/**
 * CODATA 2022 recommended values (Mohr, Newell, Taylor, Tiesinga, Rev. Mod. Phys. 97 (2025) 025002, https://physics.nist.gov/constants).
 * Exact ones are exact by the definition of the SI. The measured ones differ from CODATA 2018 (scipy 1.10, most peers) by parts in 1e9:
 * electron mass +1.4e-9, electron radius -2.0e-9, Bohr radius -6.8e-10, atomic mass +1.4e-9.
 */

/** Speed of light in vacuum, m/s, exact. */
export const SPEED_OF_LIGHT = 299792458
/** Planck constant, J s, exact. */
export const PLANCK = 6.62607015e-34
/** Reduced Planck constant, J s, exact but for rounding. */
export const HBAR: number = PLANCK / (2 * Math.PI)
/** Elementary charge, C, exact; also the joules in an eV. */
export const ELEMENTARY_CHARGE = 1.602176634e-19
/** Boltzmann constant, J/K, exact. */
export const BOLTZMANN = 1.380649e-23
/** Avogadro constant, 1/mol, exact. */
export const AVOGADRO = 6.02214076e23
/** Molar gas constant, J/(mol K), exact: N_A k. */
export const GAS_CONSTANT = 8.31446261815324
/** Faraday constant, C/mol, exact: N_A e (96485.3321233100184). */
export const FARADAY = 96485.33212331001
/** Faraday constant in mAh/mol: theoretical capacity in mAh/g is this times electrons over molar mass in g/mol. */
export const FARADAY_MAH: number = FARADAY / 3.6
/** h c in eV Å, exact but for rounding: energy = HC_EV_ANGSTROM / wavelength. */
export const HC_EV_ANGSTROM = 12398.419843320025
/** Boltzmann constant in eV/K, exact but for rounding. */
export const BOLTZMANN_EV: number = BOLTZMANN / ELEMENTARY_CHARGE
/** Mass of the electron, kg; standard uncertainty 2.8e-40. */
export const ELECTRON_MASS = 9.1093837139e-31
/** Rest energy of the electron, eV; standard uncertainty 1.6e-4. */
export const ELECTRON_REST_ENERGY = 510998.95069
/** Classical radius of the electron, m; standard uncertainty 1.3e-24. */
export const ELECTRON_RADIUS = 2.8179403205e-15
/** Thomson cross-section, m²; standard uncertainty 6.2e-38. */
export const THOMSON_CROSS_SECTION = 6.6524587051e-29
/** Compton wavelength of the electron, m; standard uncertainty 7.6e-22. */
export const COMPTON_WAVELENGTH = 2.42631023538e-12
/** Fine-structure constant; standard uncertainty 1.1e-12. */
export const FINE_STRUCTURE = 7.2973525643e-3
/** Bohr radius, m; standard uncertainty 8.2e-21. */
export const BOHR_RADIUS = 5.29177210544e-11
/** Rydberg energy, eV; standard uncertainty 1.5e-11. */
export const RYDBERG_EV = 13.60569312299
/** Atomic mass constant, kg; standard uncertainty 5.2e-37. */
export const ATOMIC_MASS = 1.66053906892e-27
/** Permittivity of vacuum, F/m; standard uncertainty 1.4e-21. */
export const VACUUM_PERMITTIVITY = 8.8541878188e-12
/** Mass of the neutron, kg; standard uncertainty 8.5e-37. */
export const NEUTRON_MASS = 1.67492750056e-27
/** ħ²/(2 m_e) in eV Å²: a photoelectron of wavenumber k (1/Å) has the kinetic energy HBAR2_OVER_2M k² (eV). */
export const HBAR2_OVER_2M: number = ((HBAR * HBAR) / (2 * ELECTRON_MASS) / ELEMENTARY_CHARGE) * 1e20
