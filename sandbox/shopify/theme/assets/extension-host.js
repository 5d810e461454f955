// Stand-in for the host of Shopify's UI extensions: the global `shopify` of a page of the checkout, and the `s-*`
// elements that our extension uses as plain HTML. What it uses beyond these shows nothing, as an unknown element.
const facts = JSON.parse(document.getElementById('facts').textContent);
const held = (value) => ({ value, current: value, subscribe: () => () => undefined });
const fill = (text, values = {}) => text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_all, name) => values[name] ?? '');

const signals = ['lines', 'attributes', 'orderConfirmation', 'order', 'discountCodes', 'instructions'].filter((name) => name in facts);
globalThis.shopify = {
  extension: facts.extension,
  sessionToken: { get: async () => (await fetch('/sandbox/extension-token')).text() },
  localization: { language: held({ isoCode: facts.language }) },
  i18n: {
    translate: (key, values) => fill(facts.words[key] ?? key, values),
    formatCurrency: (amount, options) => new Intl.NumberFormat(facts.language, { style: 'currency', ...options }).format(amount),
    formatNumber: (value, options) => new Intl.NumberFormat(facts.language, options).format(value),
    formatDate: (date, options) => new Intl.DateTimeFormat(facts.language, options).format(date),
  },
  ...(facts.subtotal && { cost: { subtotalAmount: held(facts.subtotal) } }),
  ...Object.fromEntries(signals.map((name) => [name, held(facts[name])])),
  // The checkout around the frame shows the new sums, as Shopify's does.
  async applyDiscountCodeChange({ code }) {
    const answer = await fetch('/sandbox/extension/discount', { method: 'POST', body: new URLSearchParams({ code }) });
    const result = await answer.json();
    if (result.type !== 'success') return result;
    this.discountCodes.value = [...this.discountCodes.value, { code }];
    const page = new DOMParser().parseFromString(await (await fetch('/checkout')).text(), 'text/html');
    const sum = page.querySelector('.checkout__sum');
    if (sum) window.parent.document.querySelector('.checkout__sum')?.replaceWith(sum);
    return result;
  },
};

// Elements whose attributes become styles; their children stay where they are.
const gaps = { none: '0', 'small-500': '2px', small: '8px', base: '12px', large: '20px' };
const plain = (observed, render) =>
  class extends HTMLElement {
    static observedAttributes = observed;
    connectedCallback() { render(this); }
    attributeChangedCallback() { if (this.isConnected) render(this); }
  };
const define = (name, observed, render) => {
  const element = plain(observed, render);
  // Preact sets properties where an element has them, as Shopify's elements do.
  for (const one of observed) {
    const property = one.replace(/-(\w)/g, (_all, letter) => letter.toUpperCase());
    Object.defineProperty(element.prototype, property, {
      get() { return this.getAttribute(one); },
      set(value) { if (value == null) this.removeAttribute(one); else this.setAttribute(one, value); },
    });
  }
  customElements.define(name, element);
};
const kept = (element, tag) => {
  let made = element.shadowRoot?.querySelector(tag);
  if (!made) {
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    made = root.appendChild(document.createElement(tag));
  }
  return made;
};
define('s-section', ['heading'], (element) => {
  kept(element, 'h2').textContent = element.heading ?? '';
  kept(element, 'slot');
  element.shadowRoot.querySelector('h2').style.cssText = 'font: inherit; font-size: 1.1rem; font-weight: 600; margin: 0 0 12px';
});
define('s-stack', ['gap'], (element) => { element.style.cssText = `display:grid;gap:${gaps[element.gap] ?? '0'}`; });
define('s-grid', ['grid-template-columns', 'gap', 'align-items'], (element) => {
  element.style.cssText = `display:grid;grid-template-columns:${element.gridTemplateColumns};gap:${gaps[element.gap] ?? '0'};align-items:${element.alignItems}`;
});
define('s-text', ['color'], (element) => { element.dataset.color = element.color ?? ''; });
define('s-product-thumbnail', ['src', 'alt'], (element) => {
  const image = kept(element, 'img');
  image.alt = element.alt ?? '';
  image.width = image.height = 56;
  image.style.cssText = 'display:block;object-fit:cover;border-radius:6px';
  if (element.src) image.src = element.src;
});
define('s-banner', ['tone'], (element) => {
  element.setAttribute('role', element.tone === 'success' ? 'status' : 'alert');
  element.style.cssText = 'display:block;padding:10px 14px;border:1px solid currentColor;border-radius:6px';
});
// With an address it is a link, without one a button.
define('s-button', ['href', 'variant', 'accessibility-label', 'loading'], (element) => {
  const link = element.href === null ? kept(element, 'button') : kept(element, 'a');
  if (!link.firstChild) link.append(document.createElement('slot'));
  if (element.href === null) {
    link.type = 'button';
    link.disabled = element.loading !== null && element.loading !== 'false';
  } else {
    link.href = element.href;
    link.target = '_top';
  }
  if (element.accessibilityLabel) link.setAttribute('aria-label', element.accessibilityLabel);
  link.style.cssText = 'display:inline-block;padding:10px 14px;border:1px solid currentColor;border-radius:6px;background:none;color:inherit;font:inherit;text-decoration:none;font-weight:500;cursor:pointer';
});

const frame = window.frameElement;
new ResizeObserver(() => { if (frame) frame.style.height = `${document.documentElement.offsetHeight}px`; }).observe(document.documentElement);

const bundle = new URL('/sandbox/extension.js', location.href).href;
const { default: extension } = await import(bundle);
extension();
