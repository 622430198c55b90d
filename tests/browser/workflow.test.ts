import.meta.glob('../workflow/**/*.pure.test.ts', { eager: true })
