/** What the app embed wrote into the page; null where the merchant left the embed off. */
export interface EmbedConfig {
  shopId: string;
  endpoint: string;
  root: string;
  /** cart attribute as the server saw it */
  visitor: string | null;
  signals: boolean;
  /** address of the second script */
  more: string;
  /** id of the page's product, empty on other pages */
  product: string;
}

/** Reads the embed's JSON. It is our own Liquid that wrote it, so its shape is known. */
export function embedConfig(): EmbedConfig | null {
  const text = document.getElementById('trellis-config')?.textContent;
  return text ? (JSON.parse(text) as EmbedConfig) : null;
}

export function each<T extends Element>(root: ParentNode, selector: string, run: (element: T) => void): void {
  root.querySelectorAll<T>(selector).forEach(run);
}

export function attribute(element: Element | null, name: string): string {
  return element?.getAttribute(`data-${name}`) ?? '';
}

export function show(root: ParentNode, selector: string, text: string): void {
  const place = root.querySelector(selector);
  // A live region speaks at each change, so what stays the same is left alone.
  if (place && place.textContent !== text) place.textContent = text;
}

/** Forms that add to the cart, the theme's and ours. */
export const cartForm = 'form[action*="/cart/add"]';

/** The variant that the theme's own form has chosen, told at once and at each change. */
export function watchVariant(changed: (id: string, form: HTMLFormElement) => void): void {
  const tell = (form: Element | null): void => {
    if (!(form instanceof HTMLFormElement) || form.closest('.trellis')) return;
    const id = new FormData(form).get('id');
    if (typeof id === 'string') changed(id, form);
  };
  document.addEventListener('change', (event) => {
    if (event.target instanceof Element) tell(event.target.closest(cartForm));
  });
  document.querySelectorAll(cartForm).forEach(tell);
}
