/**
 * Sticky assignment by hash, the same function on the server, in the storefront script and in tests.
 * FNV-1a over the UTF-16 code units followed by the murmur3 finaliser, as an unsigned 32-bit number.
 * Source: Noll's FNV page and Appleby's MurmurHash3 `fmix32`.
 */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** True when the visitor belongs to the share (in basis points, 0 to 10000) that gets nothing. */
export function isHeldOut(visitorId: string, salt: string, holdoutBps: number): boolean {
  return hash32(`${salt}:${visitorId}`) % 10_000 < holdoutBps;
}
