import type { PlatformWords, ShopCapabilities } from '#app/platforms/platform.ts';

const plainWords: PlatformWords = { collection: 'collection', collections: 'collections' };

/** What a store's own admin calls things; our own words where its platform is not here any more. */
export const wordsOf = (capabilities: ShopCapabilities | null): PlatformWords => capabilities?.words ?? plainWords;

/** A word as it begins a sentence or names a button: "categories" → "Categories". */
export const capitalized = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
