import { createHmac, randomBytes } from 'node:crypto';
import type { KeyPermissions, WooKey } from './access.ts';
import type { WooStore } from './store.ts';

/** What the merchant or the app is shown once. */
export interface NewKey {
  readonly key_id: number;
  readonly consumer_key: string;
  readonly consumer_secret: string;
  readonly key_permissions: KeyPermissions;
}

const hashOf = (consumerKey: string): string => createHmac('sha256', 'wc-api').update(consumerKey).digest('hex');

export function createKey(store: WooStore, permissions: KeyPermissions, description: string): NewKey {
  const consumerKey = `ck_${randomBytes(20).toString('hex')}`;
  const secret = `cs_${randomBytes(20).toString('hex')}`;
  const id = store.nextId();
  store.put('keys', {
    id,
    description,
    permissions,
    keyHash: hashOf(consumerKey),
    truncatedKey: consumerKey.slice(-7),
    secret,
    lastAccess: null,
  });
  return { key_id: id, consumer_key: consumerKey, consumer_secret: secret, key_permissions: permissions };
}

/** Null for a key that was revoked or never given out. */
export function findKey(store: WooStore, consumerKey: string): WooKey | null {
  const hash = hashOf(consumerKey);
  for (const key of store.keys.values()) if (key.keyHash === hash) return key;
  return null;
}
