import { Banner } from '@shopify/polaris';
import type { ShopCapabilities } from '#app/platforms/platform.ts';
import { ReconnectBanner } from './reconnect-banner.tsx';

/** What keeps a store from working as a whole. */
export interface StoreStanding {
  readonly needsReauth: boolean;
  readonly connectPage: string | null;
  readonly companionFile: string | null;
  readonly lacks: ShopCapabilities['lacks'];
  /** the plugin works, and an update of it can do more */
  readonly behind: boolean;
}

/** Whether there is something to say of the store. */
export const hasNotice = ({ needsReauth, lacks, behind }: StoreStanding): boolean =>
  needsReauth || lacks !== null || behind;

const notices = {
  missing: {
    title: 'Install the plugin in your store',
    text: 'Shoppers see suggestions and bundles, and pay their prices, through the plugin of Trellis. Upload it in your store’s admin under Plugins, Add new, activate it, and press Connect in it. Everything else works already.',
    download: true,
  },
  waiting: {
    title: 'Connect the plugin in your store',
    text: 'The plugin of Trellis is there and waits for your word: open its page in your store’s admin and press Connect. Shoppers see nothing of Trellis before.',
    download: false,
  },
  outdated: {
    title: 'Update the plugin in your store',
    text: 'The plugin of Trellis in your store is too old for what Trellis publishes today. Until it is updated, what shoppers see stays as it was.',
    download: true,
  },
  behind: {
    title: 'Update the plugin in your store',
    text: 'There is a new version of the plugin of Trellis. All goes on as before with the one in your store; offers with an amount at most and experiments with the panel after adding need the new one. Upload it under Plugins, Add new, and let it replace the old one.',
    download: true,
  },
} as const;

/** Says on a page what the store lacks, and what to do; nothing where all is well. */
export function StoreNotice({ standing }: { standing: StoreStanding }) {
  if (standing.needsReauth) return <ReconnectBanner connectPage={standing.connectPage} />;
  const notice = standing.lacks ?? (standing.behind ? 'behind' : null);
  if (notice === null) return null;
  const { title, text, download } = notices[notice];
  const file = download ? standing.companionFile : null;
  const action = file === null ? {} : { action: { content: 'Download the plugin', url: file, external: true } };
  return (
    <Banner tone={notice === 'behind' ? 'info' : 'warning'} title={title} {...action}>
      <p>{text}</p>
    </Banner>
  );
}
