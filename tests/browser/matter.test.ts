import.meta.glob('../matter/**/*.pure.test.ts', { eager: true })
