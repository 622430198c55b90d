import.meta.glob('../series/**/*.pure.test.ts', { eager: true })
