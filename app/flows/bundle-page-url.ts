/** Longest part of a handle that is made of words. */
const longestWords = 60;
const idDigits = 8;

/** What a bundle is called in addresses: the words of its title and the first digits of its id, which alone find it. */
export function bundleHandle(bundle: { readonly id: string; readonly title: string }): string {
  const words = bundle.title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestWords)
    .replace(/^-+|-+$/g, '');
  const id = bundle.id.slice(0, idDigits);
  return words === '' ? id : `${words}-${id}`;
}

/**
 * The path of a bundle's page in the store, below the store's own address.
 * @param pathPrefix where the app proxy stands; the merchant may have moved it
 */
export function bundlePagePath(
  bundle: { readonly id: string; readonly title: string },
  pathPrefix = '/apps/trellis',
): string {
  return `${pathPrefix}/bundle/${bundleHandle(bundle)}`;
}

/** The first digits of the id that a handle ends with, or null. */
export function idDigitsOf(handle: string): string | null {
  return /(?:^|-)([0-9a-f]{8})$/.exec(handle)?.[1] ?? null;
}
