/** What the app embed wrote into the page; null where the merchant left the embed off. */
export interface EmbedConfig {
  shopId: string;
  endpoint: string;
  root: string;
  /** cart attribute as the server saw it */
  visitor: string | null;
  signals: boolean;
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
