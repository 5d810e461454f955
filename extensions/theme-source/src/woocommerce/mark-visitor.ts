import { askCart, hasCart, root } from './cart.ts';

/** What the store reads where the session does not know the id: of two calls at once the later one keeps its session. */
const cookieName = 'trellis_visitor';
/** Where the session remembers which id its cart was told. */
const toldKey = '_trellis_told';

/**
 * Orders carry the id from here on, or no longer. The cart is told once a session and again when the id changes; a
 * visitor without a cart gets none for it. A failure is tried again at the next change.
 */
export async function markVisitor(visitor: string): Promise<void> {
  if (hasCart() || !visitor)
    document.cookie = `${cookieName}=${visitor};path=/;samesite=lax${visitor ? '' : ';max-age=0'}`;
  if (!hasCart() || visitor === (sessionStorage.getItem(toldKey) ?? '')) return;
  // Pages come out of caches, so what permits writing is asked for only now.
  const nonce = (await askCart())?.headers.get('nonce') ?? '';
  const response = await fetch(`${root}wc/store/v1/cart/extensions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', nonce },
    body: JSON.stringify({ namespace: 'trellis', data: { visitor } }),
  }).catch(() => null);
  if (!response?.ok) return;
  if (visitor) sessionStorage.setItem(toldKey, visitor);
  else sessionStorage.removeItem(toldKey);
}
