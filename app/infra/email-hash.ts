import type { Secrets } from './secrets.ts';

/** Keyed hash of a normalised e-mail address (trimmed, lower case), or null where there is none. */
export function hashEmail(secrets: Pick<Secrets, 'hash'>, email: string | null): string | null {
  const normal = email?.trim().toLowerCase();
  return normal ? secrets.hash(normal, 'customer-email') : null;
}
