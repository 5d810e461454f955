// The theme's own script: consent banner, variant prices, quantities in the cart, the drawer.
(() => {
  const banner = document.querySelector('[data-consent]');
  const privacy = window.Shopify.customerPrivacy;
  if (banner && privacy.shouldShowBanner()) banner.hidden = false;
  document.addEventListener('click', (event) => {
    const choice = event.target.closest?.('[data-consent-choice]');
    if (choice) {
      const yes = choice.dataset.consentChoice === 'yes';
      privacy.setTrackingConsent({ analytics: yes, marketing: false, preferences: false, sale_of_data: false }, () => {
        banner.hidden = true;
      });
    }
    if (event.target.closest?.('[data-consent-open]')) {
      banner.hidden = false;
      banner.querySelector('button').focus();
    }
  });
  document.querySelector('[data-options]')?.addEventListener('change', (event) => {
    const price = document.querySelector('[data-price]');
    if (price) price.textContent = event.target.dataset.price;
  });
  document.getElementById('cart-form')?.addEventListener('change', (event) => event.currentTarget.submit());
  document.addEventListener('cart:refresh', async () => {
    const cart = await (await fetch('/cart.js')).json();
    document.querySelector('[data-cart-count]').textContent = cart.item_count;
  });

  const post = async (path, body) => {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
    return response.ok ? response.json() : null;
  };
  const sections = ['cart-drawer', 'cart-count'];

  // The cart at the side: the same two methods as in Shopify's reference theme, which apps may call.
  class CartDrawer extends HTMLElement {
    connectedCallback() {
      this.addEventListener('click', (event) => {
        const dialog = this.querySelector('dialog');
        if (event.target === dialog || event.target.closest('[data-drawer-close]')) dialog.close();
      });
      this.addEventListener('change', async (event) => {
        const line = event.target.dataset.drawerLine;
        if (!line) return;
        const state = await post('/cart/change.js', { line, quantity: Number(event.target.value), sections });
        if (state) this.renderContents(state);
      });
    }
    getSectionsToRender() {
      return sections.map((id) => ({ id }));
    }
    renderContents(state) {
      this.querySelector('dialog').innerHTML = state.sections['cart-drawer'];
      document.querySelector('[data-cart-count]').textContent = state.sections['cart-count'];
      this.open();
    }
    open() {
      const dialog = this.querySelector('dialog');
      if (!dialog.open) dialog.showModal();
    }
  }
  customElements.define('cart-drawer', CartDrawer);
  const drawer = document.querySelector('cart-drawer');
  if (drawer) {
    document.querySelector('.cart-link').addEventListener('click', (event) => {
      event.preventDefault();
      drawer.open();
    });
  }
  const type = document.documentElement.dataset.cartType;
  document.querySelector('.product__form')?.addEventListener('submit', async (event) => {
    if (type === 'page') return;
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const item = { id: form.get('id'), quantity: Number(form.get('quantity')) };
    const state = await post('/cart/add.js', { items: [item], ...(drawer ? { sections } : {}) });
    if (!state) return;
    if (drawer) drawer.renderContents(state);
    else {
      document.dispatchEvent(new Event('cart:refresh'));
      const status = document.querySelector('[data-added]');
      status.textContent = status.dataset.added;
    }
  });
})();
