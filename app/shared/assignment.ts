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

/** `bucketOf` begun: the FNV state after the salt, for pages that go on from it with the characters of an id. */
export function bucketSeed(salt: string): number {
  let hash = 0x811c9dc5;
  for (const unit of `${salt}:`.split('')) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}

/** The visitor's place under a salt, 0 to 9999: the same for good, and unrelated to the place under another salt. */
export function bucketOf(visitorId: string, salt: string): number {
  return hash32(`${salt}:${visitorId}`) % 10_000;
}

/** True when the visitor belongs to the share (in basis points, 0 to 10000) that gets nothing. */
export function isHeldOut(visitorId: string, salt: string, holdoutBps: number): boolean {
  return bucketOf(visitorId, salt) < holdoutBps;
}

/** What decides who sees what in one running test. */
export interface Split<Arm extends { readonly share: number }> {
  /** salt of the group in which tests exclude each other */
  readonly layer: string;
  /** visitors whose bucket in the group lies in [from, to) take part */
  readonly from: number;
  readonly to: number;
  readonly salt: string;
  /** shares in basis points that add up to 10000, in a fixed order */
  readonly arms: readonly Arm[];
}

/**
 * The visitor's arm, or null for one who takes no part. Groups and tests have salts of their own, so that
 * neither the place in a group nor the arm of one test says anything about the arm of another.
 */
export function armIn<Arm extends { readonly share: number }>(visitorId: string, split: Split<Arm>): Arm | null {
  const place = bucketOf(visitorId, split.layer);
  if (place < split.from || place >= split.to) return null;
  let rest = bucketOf(visitorId, split.salt);
  for (const arm of split.arms) {
    rest -= arm.share;
    if (rest < 0) return arm;
  }
  return null;
}
