import.meta.glob('../core/**/*.pure.test.ts', { eager: true })
