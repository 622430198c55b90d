import.meta.glob('../plot/**/*.pure.test.ts', { eager: true })
