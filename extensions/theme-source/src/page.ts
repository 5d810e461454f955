/** What the app embed wrote into the page; null where the merchant left the embed off. */
export interface EmbedConfig {
  shopId: string;
  endpoint: string;
  /** what addresses of the store's own interface begin with */
  root: string;
  /** cart attribute as the server saw it, or empty */
  visitor: string;
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

/** Loads a script of ours that a page needs only now; one that cannot be had is done as well. */
export function loadScript(address: string): Promise<unknown> {
  return new Promise((done) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = script.onerror = done;
    document.head.append(script);
  });
}
