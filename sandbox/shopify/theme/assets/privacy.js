// Stand-in for Shopify's Customer Privacy API, loaded before everything else. Consent is asked for everywhere.
(() => {
  const name = '_tracking_consent';
  const read = () => new RegExp(`(?:^|; )${name}=(yes|no)`).exec(document.cookie)?.[1] ?? '';
  const detail = () => ({ analyticsAllowed: read() === 'yes', marketingAllowed: false, preferencesAllowed: false, saleOfDataAllowed: false });
  window.Shopify = {
    ...window.Shopify,
    customerPrivacy: {
      analyticsProcessingAllowed: () => read() === 'yes',
      marketingAllowed: () => false,
      preferencesProcessingAllowed: () => false,
      saleOfDataAllowed: () => false,
      shouldShowBanner: () => read() === '',
      currentVisitorConsent: () => ({ analytics: read(), marketing: 'no', preferences: 'no', sale_of_data: 'no' }),
      setTrackingConsent: (consent, done) => {
        document.cookie = `${name}=${consent.analytics ? 'yes' : 'no'}; path=/; max-age=31536000; samesite=lax`;
        document.dispatchEvent(new CustomEvent('visitorConsentCollected', { detail: detail() }));
        done?.();
      },
    },
    loadFeatures: (_features, done) => done?.(null),
  };
})();
