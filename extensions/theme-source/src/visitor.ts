/** Key of the visitor id in first-party storage; the web pixel uses the same one. */
export const visitorKey = '_trellis_visitor';

/** The id of a browser that has consented, or null. Blocked storage counts as no consent. */
export function readVisitor(): string | null {
  try {
    return localStorage.getItem(visitorKey);
  } catch {
    // Reading storage throws where the browser blocks it: such a visitor has no id.
    return null;
  }
}

/** Reads the id or makes one. Call after consent only. Null where storage is blocked. */
export function ensureVisitor(): string | null {
  const known = readVisitor();
  if (known) return known;
  try {
    const made = crypto.randomUUID();
    localStorage.setItem(visitorKey, made);
    return made;
  } catch {
    // Blocked or full storage: without a lasting id there is nothing to measure.
    return null;
  }
}

/** Forgets the id after consent was taken back. */
export function dropVisitor(): void {
  try {
    localStorage.removeItem(visitorKey);
  } catch {
    // Blocked storage never held an id.
  }
}
