import type { Core } from '../core.ts';

/**
 * Puts into a box that is still empty the page's product and what goes best with it for this visitor, one of each,
 * until it is as full as it must be. From there it is the shopper's like any other.
 */
export async function assembleBox(set: Element, { askFor, attribute }: Core): Promise<void> {
  let missing = +attribute(set, 'min');
  // The page's product, and behind it which box is asked for; the app answers with at most ten.
  for (const { productId } of await askFor([attribute(set, 'assemble')], '10')) {
    const input = set.querySelector<HTMLInputElement>(`[data-product="${productId}"]`);
    if (!input || missing-- < 1) continue;
    input.value = '1';
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
