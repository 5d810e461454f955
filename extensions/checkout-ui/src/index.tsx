/** @jsxImportSource preact */
import '@shopify/ui-extensions/preact';
import type { Api as OrderStatusApi } from '@shopify/ui-extensions/customer-account.order-status.block.render';
import type { Api as ThankYouApi } from '@shopify/ui-extensions/purchase.thank-you.block.render';
import { render } from 'preact';
import type { Host } from './offer.ts';
import { Points } from './points-section.tsx';
import { Suggestions } from './suggestions.tsx';

/** The app's address, filled in by the build. */
declare const __TRELLIS_APP__: string;

/** What Shopify calls on both pages, with its API in the global `shopify`. */
export default function extension(): void {
  const host: Host = (globalThis as unknown as { shopify: ThankYouApi | OrderStatusApi }).shopify;
  render(
    <s-stack gap="large">
      <Points host={host} origin={__TRELLIS_APP__} />
      <Suggestions host={host} origin={__TRELLIS_APP__} />
    </s-stack>,
    document.body,
  );
}
