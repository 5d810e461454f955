import { Banner } from '@shopify/polaris';

/**
 * What a merchant can do when the store has taken Trellis' access away.
 * @param connectPage our own page for that; null = the next visit from the admin asks for it anew
 */
export function ReconnectBanner({ connectPage }: { connectPage: string | null }) {
  return (
    <Banner
      tone="warning"
      title="Trellis has lost its access to your store"
      action={
        connectPage === null
          ? { content: 'Reconnect', onAction: () => window.location.reload() }
          : { content: 'Connect again', url: connectPage }
      }
      secondaryAction={{ content: 'See what has waited', url: '/activity?view=failures' }}
    >
      <p>
        Until it is back, new orders and products are not read, and changes of your bundles do not reach your store.
        What is in your store already keeps working, and your bundles, numbers and settings stay.{' '}
        {connectPage === null ? 'If reconnecting does not help, install Trellis again from the App Store.' : null}
      </p>
    </Banner>
  );
}
