import.meta.glob('../spectroscopy/**/*.pure.test.ts', { eager: true })
