import { html, type Html } from '../../shopify/admin-shell/html.ts';
import type { WooProduct } from '../model.ts';
import { imageOf } from '../rest/views/product.ts';
import type { WooSide } from '../side.ts';
import { plainName } from './names.ts';

/** A product's picture, or an empty place of its size. */
export function picture(side: WooSide, product: WooProduct): Html {
  const image = imageOf(side.context, product);
  return image === null
    ? html`<img
        src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"
        alt=""
        width="400"
        height="400"
      />`
    : html`<img src="${new URL(image.src).pathname}" alt="${plainName(product.name)}" width="400" height="400" />`;
}
