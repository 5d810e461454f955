import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';

/** Seals secrets for storage and hashes identifiers. */
export interface Secrets {
  /** `keyId.iv.tag.ciphertext`, base64url parts. `context` is bound in: a value sealed for one place does not open in another. */
  seal(plain: string, context: string): string;
  /** @throws when the key is unknown, the context differs or the text was changed */
  open(sealed: string, context: string): string;
  /** A stable keyed hash of an identifier (an e-mail address), hex. */
  hash(text: string, context: string): string;
}

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D). The first key seals, all keys open, so keys
 * rotate by putting a new one in front.
 * @param keys `id:base64,id:base64`, 32 bytes each
 */
export function createSecrets(keys: string): Secrets {
  const parsed: Key[] = keys.split(',').map((entry) => {
    const at = entry.indexOf(':');
    const id = entry.slice(0, at).trim();
    const bytes = Buffer.from(entry.slice(at + 1).trim(), 'base64');
    if (at < 1 || !/^[A-Za-z0-9_-]+$/.test(id)) throw new Error('ENCRYPTION_KEYS: each entry must be id:base64key');
    if (bytes.length !== 32) throw new Error(`ENCRYPTION_KEYS: key ${id} must have 32 bytes`);
    return { id, bytes };
  });
  const first = parsed[0];
  const last = parsed.at(-1);
  if (!first || !last) throw new Error('ENCRYPTION_KEYS: at least one key is needed');

  // The oldest key hashes, so that adding a key in front leaves every stored hash comparable. Made once: from bytes each
  // hash takes three times as long.
  const hashKey = createSecretKey(last.bytes);
  return {
    seal(plain, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', first.bytes, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [first.id, ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.');
    },
    open(sealed, context) {
      const [id, nonce, tag, body] = sealed.split('.');
      const key = parsed.find((candidate) => candidate.id === id);
      if (!key || nonce === undefined || tag === undefined || body === undefined)
        throw new Error('sealed value cannot be opened');
      const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(nonce, 'base64url'), {
        authTagLength: 16,
      })
        .setAAD(Buffer.from(context))
        .setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
    },
    hash: (text, context) => createHmac('sha256', hashKey).update(context).update('\0').update(text).digest('hex'),
  };
}
