import.meta.glob('../scattering/**/*.pure.test.ts', { eager: true })
