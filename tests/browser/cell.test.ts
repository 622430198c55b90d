import.meta.glob('../cell/**/*.pure.test.ts', { eager: true })
