/** @jsxImportSource preact */
import '@shopify/ui-extensions/preact';
import type { Api as OrderStatusApi } from '@shopify/ui-extensions/customer-account.order-status.block.render';
import type { Api as CheckoutApi } from '@shopify/ui-extensions/purchase.checkout.block.render';
import type { Api as ThankYouApi } from '@shopify/ui-extensions/purchase.thank-you.block.render';
import { render } from 'preact';
import type { Host } from './offer.ts';
import { Points } from './points-section.tsx';
import { Suggestions } from './suggestions.tsx';
import { UsePoints } from './use-points-section.tsx';

/** The app's address, filled in by the build. */
declare const __TRELLIS_APP__: string;

type Given = CheckoutApi | ThankYouApi | OrderStatusApi;
const isCheckout = (given: Given): given is CheckoutApi => given.extension.target === 'purchase.checkout.block.render';

/** What Shopify calls on each page, with its API in the global `shopify`. */
export default function extension(): void {
  const given = (globalThis as unknown as { shopify: Given }).shopify;
  if (isCheckout(given)) {
    render(<UsePoints host={given} origin={__TRELLIS_APP__} />, document.body);
    return;
  }
  const host: Host = given;
  render(
    <s-stack gap="large">
      <Points host={host} origin={__TRELLIS_APP__} />
      <Suggestions host={host} origin={__TRELLIS_APP__} />
    </s-stack>,
    document.body,
  );
}
