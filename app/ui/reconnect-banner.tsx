import { Banner } from '@shopify/polaris';
import { useOutside } from './outside/use-outside.ts';

/** What a merchant can do when the store has taken Trellis' access away; the next visit asks for it anew. */
export function ReconnectBanner() {
  const outside = useOutside();
  return (
    <Banner
      tone="warning"
      title="Trellis has lost its access to your store"
      action={
        outside
          ? { content: 'Connect again', url: '/connect/woocommerce' }
          : { content: 'Reconnect', onAction: () => window.location.reload() }
      }
      secondaryAction={{ content: 'See what has waited', url: '/activity?view=failures' }}
    >
      <p>
        Until it is back, new orders and products are not read, and changes of your bundles do not reach your store.
        What is in your store already keeps working, and your bundles, numbers and settings stay.{' '}
        {outside ? null : 'If reconnecting does not help, install Trellis again from the App Store.'}
      </p>
    </Banner>
  );
}
