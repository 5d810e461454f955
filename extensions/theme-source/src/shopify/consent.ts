interface CustomerPrivacy {
  analyticsProcessingAllowed(): boolean;
}
interface ShopifyGlobal {
  customerPrivacy?: CustomerPrivacy;
  /** units of the shopper's currency for one of the shop's, the same that the checkout counts with */
  currency?: { rate: string };
  loadFeatures?(features: { name: string; version: string }[], done: (error: unknown) => void): void;
}
declare global {
  interface Window {
    Shopify?: ShopifyGlobal;
  }
}

/** Tells `changed` whether analytics is allowed: once it is known, and again after each choice in the banner. */
export function watchConsent(changed: (allowed: boolean) => void): void {
  const tell = (): CustomerPrivacy | undefined => {
    const privacy = window.Shopify?.customerPrivacy;
    if (privacy) changed(privacy.analyticsProcessingAllowed());
    return privacy;
  };
  document.addEventListener('visitorConsentCollected', tell);
  if (!tell())
    window.Shopify?.loadFeatures?.([{ name: 'consent-tracking-api', version: '0.1' }], (error) => {
      if (!error) tell();
    });
}

/** Views, searches and what happens to the cart are told by the web pixel, which Shopify starts by itself. */
export function startPixel(_more: string): void {
  // Nothing of ours to start.
}
