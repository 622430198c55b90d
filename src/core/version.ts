/** Version of the library, the one that package.json names (a test compares them). Histories of Datasets say it. */
export const VERSION = '0.1.0'
