/**
 * The materials that batteries and their cells are made of, a line each: names (the first is the one shown) | formula, or shares of the mass | density of the
 * substance without pores in g/cm³, share of pores | cell of a crystal: system, edges in Å, angle, formula units | band gap in eV for electron paths,
 * and its source | where the density comes from | what else states density or cell and was compared,
 * if anything was. 'As usually cited' means that the paper named is the one that others name, and has not been read for this list. Loaded when a name is asked for; the densities of crystals are recomputed from their cells by a test.
 */
export const MATERIAL_LIST = `
# metals: windows, collectors, counter electrodes, casings
beryllium, Be | Be | 1.848 | hexagonal 2.2859 3.5845 2 | 0 | handbook value of the element (CRC; xraydb 4.4.7) | density 1.848 (CRC Handbook, by periodictable 1.6.0); cell of xraylib 4.0.0
lithium, Li, Li foil, Li metal | Li | 0.534 | cubic 3.5101 2 | 0 | handbook value of the element (CRC; xraydb 4.4.7) | density 0.534 (CRC Handbook, by periodictable 1.6.0)
sodium, Na, Na metal | Na | 0.967 | cubic 4.2906 2 | 0 | X-ray density; a as usually cited: C. S. Barrett, Acta Cryst. 9 (1956) 671, at 20 °C | density 0.971 (CRC Handbook, by periodictable 1.6.0)
aluminium, Al, aluminum, Al foil | Al | 2.699 | cubic 4.0495 4 | 0 | handbook value of the element (CRC; xraydb 4.4.7); a: W. Witt, Z. Naturforsch. 22a (1967) 92 | density 2.6989 (CRC Handbook, by periodictable 1.6.0); cell of xraylib 4.0.0; cell of pyFAI 0.21.3
titanium, Ti | Ti | 4.506 | hexagonal 2.9508 4.6855 2 | 0 | handbook value of the element (CRC; xraydb 4.4.7) | density 4.54 (CRC Handbook, by periodictable 1.6.0); cell of xraylib 4.0.0
iron, Fe | Fe | 7.874 | cubic 2.8665 2 | 0 | handbook value of the element (CRC; xraydb 4.4.7) | density 7.874 (CRC Handbook, by periodictable 1.6.0)
nickel, Ni | Ni | 8.908 | cubic 3.5239 4 | 0 | handbook value of the element (CRC; xraydb 4.4.7); a: A. Taylor, J. Inst. Met. 77 (1950) 585 | density 8.902 (CRC Handbook, by periodictable 1.6.0); cell of pyFAI 0.21.3
copper, Cu, Cu foil | Cu | 8.96 | cubic 3.6149 4 | 0 | handbook value of the element (CRC; xraydb 4.4.7); the X-ray density is 8.935 | density 8.96 (CRC Handbook, by periodictable 1.6.0); cell of xraylib 4.0.0
tin, Sn, white tin | Sn | 7.287 | tetragonal 5.8315 3.1814 4 | 0 | X-ray density of β-Sn; cell as usually cited: H. E. Swanson, E. Tatge, NBS Circular 539 I (1953) | density 7.31 (CRC Handbook, by periodictable 1.6.0)
tungsten, W | W | 19.25 | cubic 3.1652 2 | 0 | handbook value of the element (CRC; xraydb 4.4.7) | density 19.3 (CRC Handbook, by periodictable 1.6.0)
platinum, Pt | Pt | 21.45 | cubic 3.9242 4 | 0 | handbook value of the element (CRC; xraydb 4.4.7) | density 21.45 (CRC Handbook, by periodictable 1.6.0); cell of xraylib 4.0.0; cell of pyFAI 0.21.3
gold, Au | Au | 19.3 | cubic 4.0782 4 | 0 | handbook value of the element (CRC; xraydb 4.4.7); a: A. Maeland, T. B. Flanagan, Can. J. Phys. 42 (1964) 2364 | density 19.3 (CRC Handbook, by periodictable 1.6.0); cell of xraylib 4.0.0; cell of pyFAI 0.21.3
stainless steel 316L, stainless steel, steel, 316L, SS316, SUS316, 1.4404 | 0.655 Fe + 0.17 Cr + 0.12 Ni + 0.025 Mo + 0.02 Mn + 0.01 Si | 7.99 |  | 0 | typical value, no single source; data sheets of AISI 316L, 7.98 to 8.00; composition in the middle of the standard
stainless steel 304, 304, SS304, SUS304, 1.4301 | 0.7 Fe + 0.19 Cr + 0.09 Ni + 0.015 Mn + 0.005 Si | 7.93 |  | 0 | typical value, no single source; data sheets of AISI 304, 7.9 to 8.0; composition in the middle of the standard
# windows, membranes, optics, standards
Kapton, polyimide, PI | C22H10N2O5 | 1.42 |  |  | xraydb 4.4.7, NIST | density 1.42 (NIST, by xraylib 4.0.0)
Mylar, PET, polyethylene terephthalate | C10H8O4 | 1.39 |  |  | typical value of biaxial film; xraydb and NIST 1.40 | density 1.4 (NIST, by xraylib 4.0.0)
PEEK | C19H12O3 | 1.3 |  |  | typical value, no single source; semicrystalline, unfilled
PTFE, Teflon | C2F4 | 2.2 |  |  | NIST composition of polytetrafluoroethylene, 2.20; xraydb 4.4.7 | density 2.2 (NIST, by xraylib 4.0.0)
polyethylene, PE | C2H4 | 0.94 |  | 8.8, as usually cited: S. Tanuma et al., Surf. Interface Anal. 21 (1994) 165 | NIST composition of polyethylene; 0.91 to 0.97 by crystallinity | density 0.94 (NIST, by xraylib 4.0.0)
polypropylene, PP | C3H6 | 0.9 |  |  | NIST composition of polypropylene, 0.90; 0.90 to 0.91 as a film | density 0.9 (NIST, by xraylib 4.0.0)
PMMA, acrylic glass | C5H8O2 | 1.19 |  |  | NIST composition of polymethyl methacrylate | density 1.19 (NIST, by xraylib 4.0.0)
SU-8 | C87H118O16 | 1.2 |  |  | typical value, no single source, 1.19 to 1.20
silicon nitride, Si3N4, SiN | Si3N4 | 3.17 |  | 5.3, as usually cited: R. S. Bauer, J. Vac. Sci. Technol. 14 (1977) 899; films 4.6 to 5.3 | xraydb 4.4.7; low-stress membranes are rich in silicon and have 2.9 to 3.1
silica glass, fused silica, fused quartz, SiO2 | SiO2 | 2.2 |  | 9.1, as usually cited: S. Tanuma et al., Surf. Interface Anal. 17 (1991) 927 | xraydb 4.4.7
quartz, alpha-quartz | SiO2 | 2.646 | hexagonal 4.916 5.4054 3 | 9, rounded, as silica | X-ray density; cell: L. Levien et al., Am. Mineral. 65 (1980) 920 | cell of xraylib 4.0.0; cell of pyFAI 0.21.3
borosilicate glass, Pyrex, Duran, glass capillary | 0.0401 B + 0.5396 O + 0.0282 Na + 0.0116 Al + 0.3772 Si + 0.0033 K | 2.23 |  |  | NIST composition of Pyrex | density 2.23 (NIST, by xraylib 4.0.0)
soda-lime glass, glass, plate glass | 0.4598 O + 0.0964 Na + 0.3366 Si + 0.1072 Ca | 2.4 |  |  | NIST composition of plate glass | density 2.4 (NIST, by xraylib 4.0.0)
sapphire, corundum, Al2O3, alumina | Al2O3 | 3.987 | hexagonal 4.7587 12.9929 6 | 8.8, as usually cited: R. H. French, J. Am. Ceram. Soc. 73 (1990) 477 | X-ray density; cell as usually cited: NIST SRM 676, rounded | density 3.97 (NIST, by xraylib 4.0.0); cell of xraylib 4.0.0
muscovite, mica | KAl3Si3O12H2 | 2.834 | monoclinic 5.1918 9.0153 20.0457 95.735 4 |  | X-ray density of 2M1; cell as usually cited: N. Güven, Z. Kristallogr. 134 (1971) 196 | cell of xraylib 4.0.0
diamond | C | 3.515 | cubic 3.5671 8 | 5.5, handbook of semiconductors | X-ray density; a at 25 °C, rounded | cell of xraylib 4.0.0
glassy carbon, vitreous carbon, Sigradur | C | 1.5 |  | 0 | typical value, no single source; makers state 1.42 to 1.54
silicon, Si | Si | 2.329 | cubic 5.431020511 8 | 1.1, handbook of semiconductors | X-ray density; a: CODATA 2022, 5.431020511 Å | density 2.33 (CRC Handbook, by periodictable 1.6.0); cell of xraylib 4.0.0; cell of pyFAI 0.21.3
germanium, Ge | Ge | 5.323 | cubic 5.6579 8 | 0.67, handbook of semiconductors | handbook value of the element (xraydb 4.4.7) | density 5.323 (CRC Handbook, by periodictable 1.6.0); cell of xraylib 4.0.0
zinc selenide, ZnSe | ZnSe | 5.264 | cubic 5.6688 4 | 2.7, handbook of semiconductors | X-ray density; a as usually cited: powder diffraction file 37-1463
boron nitride, BN, h-BN | BN | 2.279 | hexagonal 2.504 6.661 2 | 6, as usually cited: G. Cassabois et al., Nat. Photonics 10 (2016) 262 | X-ray density of hexagonal BN; cell as usually cited: R. S. Pease, Acta Cryst. 5 (1952) 356, rounded; hot-pressed parts have 1.9 to 2.1
lanthanum hexaboride, LaB6 | LaB6 | 4.711 | cubic 4.156826 1 |  | X-ray density; a: NIST SRM 660c, 4.156826 Å | cell of xraylib 4.0.0; cell of pyFAI 0.21.3
ceria, CeO2 | CeO2 | 7.214 | cubic 5.41165 4 |  | X-ray density; a: NIST SRM 674b, 5.41165 Å | cell of pyFAI 0.21.3
rutile | TiO2 | 4.247 | tetragonal 4.5941 2.9589 2 | 3, as usually cited: H. Tang et al., J. Appl. Phys. 75 (1994) 2042 | X-ray density; cell: NIST SRM 674b, rounded | density 4.26 (NIST, by xraylib 4.0.0); cell of pyFAI 0.21.3
anatase | TiO2 | 3.893 | tetragonal 3.7845 9.5143 4 | 3.2, as usually cited: H. Tang et al., J. Appl. Phys. 75 (1994) 2042 | X-ray density; cell as usually cited: M. Horn et al., Z. Kristallogr. 136 (1972) 273, rounded
# active materials, conductive additives, binders
LiFePO4, LFP, triphylite | LiFePO4 | 3.6 | orthorhombic 10.329 6.0065 4.6908 4 | 3.8, F. Zhou et al., Solid State Commun. 132 (2004) 181 (3.8 to 4.0 by reflectance; Y. Zhang et al., RSC Adv. 2019, doi 10.1039/C8RA09154D, find 6.3 by electron energy loss) | X-ray density; cell: V. A. Streltsov et al., Acta Cryst. B49 (1993) 147 | entry ICSD 72545 (this paper, 3.60), as pymatgen ships it
FePO4, FP, heterosite | FePO4 | 3.678 | orthorhombic 9.8211 5.7921 4.7881 4 |  | X-ray density of the delithiated olivine; cell as usually cited: A. S. Andersson et al., Solid State Ionics 130 (2000) 41
LiCoO2, LCO | LiCoO2 | 5.05 | hexagonal 2.8166 14.052 3 | 2.7, as usually cited: J. van Elp et al., Phys. Rev. B 44 (1991) 6090 | X-ray density; cell as usually cited: H. J. Orman, P. J. Wiseman, Acta Cryst. C40 (1984) 12
LiNiO2, LNO | LiNiO2 | 4.778 | hexagonal 2.878 14.19 3 |  | X-ray density; cell as usually cited: L. D. Dyer et al., J. Am. Chem. Soc. 76 (1954) 1499
NMC111, NMC333, NCM111, LiNi1/3Mn1/3Co1/3O2 | LiNi0.33333Mn0.33333Co0.33333O2 | 4.761 | hexagonal 2.862 14.227 3 |  | X-ray density; cell as usually cited: N. Yabuuchi, T. Ohzuku, J. Power Sources 119-121 (2003) 171
NMC532, NCM523 | LiNi0.5Mn0.3Co0.2O2 | 4.737 | hexagonal 2.87 14.235 3 |  | X-ray density; typical cell of pristine powders, no single source
NMC622, NCM622 | LiNi0.6Mn0.2Co0.2O2 | 4.765 | hexagonal 2.868 14.225 3 |  | X-ray density; typical cell of pristine powders, no single source
NMC811, NCM811 | LiNi0.8Mn0.1Co0.1O2 | 4.776 | hexagonal 2.872 14.205 3 |  | X-ray density; typical cell of pristine powders, no single source
NCA | LiNi0.8Co0.15Al0.05O2 | 4.754 | hexagonal 2.864 14.175 3 |  | X-ray density; typical cell of pristine powders, no single source
LiMn2O4, LMO | LiMn2O4 | 4.281 | cubic 8.2476 8 |  | X-ray density; a as usually cited: powder diffraction file 35-0782
LiNi0.5Mn1.5O4, LNMO | LiNi0.5Mn1.5O4 | 4.453 | cubic 8.1685 8 |  | X-ray density; typical a of the ordered spinel, 8.165 to 8.175 Å, no single source
Li2RuO3, LRO | Li2RuO3 | 5.151 | monoclinic 4.923 8.7746 9.8795 100.02 8 |  | X-ray density of the C2/c cell; as usually cited: H. Kobayashi et al., Solid State Ionics 82 (1995) 25, rounded
Li2MnO3 | Li2MnO3 | 3.884 | monoclinic 4.937 8.532 5.03 109.46 4 |  | X-ray density; cell as usually cited: P. Strobel, B. Lambert-Andron, J. Solid State Chem. 75 (1988) 90
Na3V2(PO4)2F3, NVPF, Na3V2P2O8F3 | Na3V2(PO4)2F3 | 3.162 | orthorhombic 9.02847 9.04444 10.74666 4 |  | X-ray density; cell: M. Bianchini et al., Chem. Mater. 26 (2014) 4238 | abstract of this paper
Na3V2(PO4)3, NVP | Na3V2(PO4)3 | 3.156 | hexagonal 8.7288 21.8042 6 |  | X-ray density; cell as usually cited: I. V. Zatovsky, Acta Cryst. E66 (2010) i12
V2O5 | V2O5 | 3.371 | orthorhombic 11.512 3.564 4.368 2 | 2.3, as usually cited: N. Kenny et al., J. Phys. Chem. Solids 27 (1966) 1237 | X-ray density; cell as usually cited: R. Enjalbert, J. Galy, Acta Cryst. C42 (1986) 1467
TiS2 | TiS2 | 3.249 | hexagonal 3.407 5.695 1 | 0 | X-ray density; cell as usually cited: R. R. Chianelli et al., Mater. Res. Bull. 10 (1975) 1379
sulfur, S, sulphur, S8 | S | 2.067 | orthorhombic 10.4646 12.866 24.486 128 |  | X-ray density of α-S8; cell as usually cited: S. J. Rettig, J. Trotter, Acta Cryst. C43 (1987) 2260
Li2S, lithium sulfide | Li2S | 1.641 | cubic 5.708 4 |  | X-ray density; a as usually cited: powder diffraction file 26-1188; handbooks give 1.66
Li4Ti5O12, LTO | Li4Ti5O12 | 3.481 | cubic 8.3588 8/3 |  | X-ray density; a as usually cited: powder diffraction file 49-0207
graphite | C | 2.261 | hexagonal 2.464 6.711 4 | 0 | X-ray density; cell as usually cited: P. Trucano, R. Chen, Nature 258 (1975) 136 | cell of xraylib 4.0.0
LiC6 | LiC6 | 2.206 | hexagonal 4.305 3.706 1 | 0 | X-ray density; typical cell of stage 1, no single source
hard carbon | C | 1.5 |  | 0 | typical value, no single source; helium densities of powders lie at 1.4 to 1.6, with closed pores
Li15Si4 | Li15Si4 | 1.196 | cubic 10.632 4 |  | X-ray density; a as usually cited: M. N. Obrovac, L. Christensen, Electrochem. Solid-State Lett. 7 (2004) A93
SnO, romarchite | SnO | 6.394 | tetragonal 3.8029 4.8382 2 |  | X-ray density; cell as usually cited: J. Pannetier, G. Denes, Acta Cryst. B36 (1980) 2763
carbon black, Super P, C65, Super C65, acetylene black | C | 1.9 |  | 0 | typical value, no single source; data sheets of Super P and acetylene black, 1.8 to 2.0, of the primary particle
PVDF, polyvinylidene fluoride, Kynar, Solef | C2H2F2 | 1.78 |  |  | typical value, makers state 1.75 to 1.80; NIST 1.76 | density 1.76 (NIST, by xraylib 4.0.0)
CMC, carboxymethyl cellulose, Na-CMC | C8H11O7Na | 1.6 |  |  | typical value, no single source; data sheets, 1.59 to 1.60; degree of substitution 1
# electrolytes, separators, solvents, interphases, gases
LP30, 1 M LiPF6 in EC:DMC 1:1 | 0.1169 LiPF6 + 0.4416 C3H4O3 + 0.4415 C3H6O3 | 1.3 |  |  | typical value at 20 to 25 °C, no single source; 1 mol/L LiPF6 and the solvents by mass (1:1)
LP40, 1 M LiPF6 in EC:DEC 1:1 | 0.1206 LiPF6 + 0.4397 C3H4O3 + 0.4397 C5H10O3 | 1.26 |  |  | typical value at 20 to 25 °C, no single source; 1 mol/L LiPF6 and the solvents by mass (1:1)
LP57, 1 M LiPF6 in EC:EMC 3:7 | 0.1277 LiPF6 + 0.2617 C3H4O3 + 0.6106 C4H8O3 | 1.19 |  |  | typical value at 20 to 25 °C, no single source; 1 mol/L LiPF6 and the solvents by mass (3:7)
ethylene carbonate, EC | C3H4O3 | 1.32 |  |  | melt at 40 °C (as usually cited: CRC, 1.3214)
propylene carbonate, PC | C4H6O3 | 1.2 |  |  | liquid at 25 °C (as usually cited: CRC, 1.20)
dimethyl carbonate, DMC | C3H6O3 | 1.07 |  |  | liquid at 20 °C (as usually cited: CRC, 1.0694)
ethyl methyl carbonate, EMC | C4H8O3 | 1.01 |  |  | typical value, no single source; liquid at 20 to 25 °C, 1.006 to 1.015
diethyl carbonate, DEC | C5H10O3 | 0.975 |  |  | liquid at 20 °C (as usually cited: CRC, 0.9752)
lithium hexafluorophosphate, LiPF6 | LiPF6 | 2.838 | hexagonal 4.932 12.658 3 |  | X-ray density; cell as usually cited: C. Röhr, R. Kniep, Z. Naturforsch. 49b (1994) 650; powders are sold as 1.5 in bulk
Celgard 2400, Celgard PP | C3H6 | 0.9, 0.41 pores |  |  | polymer 0.90 (polypropylene) or 0.95 (polyethylene); porosity: typical value, no single source
Celgard 2500 | C3H6 | 0.9, 0.55 pores |  |  | polymer 0.90 (polypropylene) or 0.95 (polyethylene); porosity: typical value, no single source
Celgard 2325, Celgard PP/PE/PP, Celgard trilayer | CH2 | 0.92, 0.39 pores |  |  | polymer 0.90 (polypropylene) or 0.95 (polyethylene); porosity: typical value, no single source
Celgard PE, Celgard K2045 | C2H4 | 0.95, 0.47 pores |  |  | polymer 0.90 (polypropylene) or 0.95 (polyethylene); porosity: typical value, no single source
glass fibre GF/D, glass fiber GF/D, Whatman GF/D | 0.0401 B + 0.5396 O + 0.0282 Na + 0.0116 Al + 0.3772 Si + 0.0033 K | 2.4, 0.925 pores |  |  | porosity from 121 g/m² at 675 µm as usually stated, no single source; composition of borosilicate glass
Li6PS5Cl, LPSC, LPSCl, argyrodite | Li6PS5Cl | 1.86 | cubic 9.859 4 |  | X-ray density; a as usually cited: M. A. Kraft et al., J. Am. Chem. Soc. 139 (2017) 10909
Li6PS5Br, LPSBr | Li6PS5Br | 2.087 | cubic 9.9855 4 |  | X-ray density; a as usually cited: M. A. Kraft et al., J. Am. Chem. Soc. 139 (2017) 10909
Li6PS5I, LPSI | Li6PS5I | 2.289 | cubic 10.1449 4 |  | X-ray density; a as usually cited: M. A. Kraft et al., J. Am. Chem. Soc. 139 (2017) 10909
Li5.5PS4.5Cl1.5 | Li5.5PS4.5Cl1.5 | 1.881 | cubic 9.8 4 |  | X-ray density; a = 9.80 Å rounded, as usually cited: P. Adeli et al., Angew. Chem. Int. Ed. 58 (2019) 8681
Li10SnP2S12, LSPS | Li10SnP2S12 | 2.184 | tetragonal 8.7057 12.7389 2 |  | X-ray density; cell as usually cited: P. Bron et al., J. Am. Chem. Soc. 135 (2013) 15694
Li10GeP2S12, LGPS | Li10GeP2S12 | 2.036 | tetragonal 8.71771 12.63452 2 |  | X-ray density; cell as usually cited: N. Kamaya et al., Nat. Mater. 10 (2011) 682
Li3PS4, LPS, beta-Li3PS4 | Li3PS4 | 1.854 | orthorhombic 12.819 8.2195 6.1236 4 |  | X-ray density at 573 K; cell as usually cited: K. Homma et al., Solid State Ionics 182 (2011) 53
Li7La3Zr2O12, LLZO, garnet | Li7La3Zr2O12 | 5.098 | cubic 12.9827 8 |  | X-ray density of the cubic garnet; a as usually cited: J. Awaka et al., Chem. Lett. 40 (2011) 60
LiPON | Li2.88PO3.73N0.14 | 2.3 |  |  | typical value, no single source; films 2.2 to 2.35 by reflectivity and weighing; composition as usually cited: A. C. Kozen et al., Chem. Mater. 27 (2015) 5324, near
lithium carbonate, Li2CO3 | Li2CO3 | 2.097 | monoclinic 8.359 4.9767 6.194 114.72 4 | 7.5, rounded; published values 7 to 9 | X-ray density; cell as usually cited: H. Effenberger, J. Zemann, Z. Kristallogr. 150 (1979) 133 | density 2.11 (NIST, by xraylib 4.0.0)
lithium fluoride, LiF | LiF | 2.638 | cubic 4.027 4 | 13.6, as usually cited: D. M. Roessler, W. C. Walker, J. Phys. Chem. Solids 28 (1967) 1507 | X-ray density; a as usually cited: powder diffraction file 04-0857 | density 2.635 (NIST, by xraylib 4.0.0); cell of xraylib 4.0.0
lithium oxide, Li2O | Li2O | 2.014 | cubic 4.619 4 | 8, rounded; onset of reflection in crystals | X-ray density; typical a, no single source; NIST composition 2.013 | density 2.013 (NIST, by xraylib 4.0.0)
water, H2O | H2O | 0.9982 |  | 7.9, as usually cited: H. Shinotsuka et al., Surf. Interface Anal. 49 (2017) 238 | liquid at 20 °C (CRC) | density 1.0 (NIST, by xraylib 4.0.0)
air | 0.755267 N + 0.231781 O + 0.012827 Ar + 0.000124 C | 0.001205 |  |  | NIST composition of dry air, 20 °C and 101325 Pa | density 0.001205 (NIST, by xraylib 4.0.0)
helium, He | He | 0.0001664 |  |  | ideal gas, 20 °C and 101325 Pa
nitrogen, N2, nitrogen gas | N2 | 0.001165 |  |  | ideal gas, 20 °C and 101325 Pa
oxygen, O2, oxygen gas | O2 | 0.00133 |  |  | ideal gas, 20 °C and 101325 Pa
argon, Ar | Ar | 0.001661 |  |  | ideal gas, 20 °C and 101325 Pa
carbon dioxide, CO2 | CO2 | 0.00184 |  |  | gas, 20 °C and 101325 Pa | density 0.001842 (NIST, by xraylib 4.0.0)
`
