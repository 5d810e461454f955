import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const extensions = path.join(import.meta.dirname, '../../../extensions');
const read = (name: string): string => readFileSync(path.join(extensions, name), 'utf8');
const styles = read('theme-app-extension/assets/trellis.css');
const script = read('theme-source/src/woocommerce/cart.ts');

/** The element of the Mini-Cart block that the script puts its parts beside. */
function named(constant: string): string {
  const element = new RegExp(`export const ${constant} = '(\\.wc-block-[\\w-]+)`).exec(script)?.[1];
  if (element === undefined) throw new Error(`${constant} names no element of the block`);
  return element;
}

/** What is declared for what follows our parts in the drawer of a low screen. */
function declared(element: string): string | undefined {
  const low = /@media \(max-height:50rem\)\{\n([\s\S]*?)\n\}/.exec(styles)?.[1] ?? '';
  return low
    .split('\n')
    .map((rule) => rule.trim())
    .find((rule) => rule.startsWith(`.trellis-in-drawer~${element}{`));
}

it('keeps what is missing to a goal out of the fading edge of the drawer’s title, 2 rem high', () => {
  // Beside the 0.75 rem around all of ours.
  expect(styles).toContain('\n.trellis-in-drawer{margin-block:.75rem}\n');
  expect(styles).toContain('\n.wc-block-mini-cart__drawer .trellis-goals{margin-block:1.25rem 0}\n');
});

/*
 * WooCommerce lets only the lines of its drawer scroll and give way. On a phone our parts left them 16 to 77 pixels: a
 * shopper saw suggestions and no cart.
 */
describe('the drawer of the Mini-Cart block on a low screen', () => {
  it('scrolls as a whole', () => {
    expect(styles).toContain('.wp-block-woocommerce-filled-mini-cart-contents-block{overflow-y:auto}');
  });

  it('leaves the lines their height', () => {
    expect(declared(named('drawerItems'))).toContain('flex-shrink:0;overflow:visible');
  });

  it('keeps the way to the checkout in view, above what scrolls behind it', () => {
    expect(declared(named('drawerFooter'))).toContain('position:sticky;inset-block-end:0;background:inherit');
  });
});
