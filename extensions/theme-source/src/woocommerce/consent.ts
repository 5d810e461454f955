import { embedConfig, loadScript } from '../page.ts';

declare global {
  interface Window {
    /** WP Consent API, by the merchant's consent tool or by our own small bar */
    wp_has_consent?: (category: 'statistics') => boolean;
  }
}

/** Tells `changed` whether statistics is allowed: once it is known, and again after each choice in the banner. */
export function watchConsent(changed: (allowed: boolean) => void): void {
  // The merchant may have turned all measuring off.
  if (!embedConfig()?.signals) return;
  const tell = (): void => {
    if (window.wp_has_consent) changed(window.wp_has_consent('statistics'));
  };
  document.addEventListener('wp_listen_for_consent_change', tell);
  // A tool may learn late which kind of consent the law of the place asks for.
  document.addEventListener('wp_consent_type_defined', tell);
  tell();
}

/** What Shopify's web pixel tells there is told by a script of its own, which is loaded after consent. */
export function startPixel(more: string): void {
  void loadScript(more.replace('-more', '-pixel'));
}
