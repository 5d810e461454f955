// The theme's own script: consent banner, variant prices and quantities in the cart.
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
})();
