import.meta.glob('../numeric/**/*.pure.test.ts', { eager: true })
