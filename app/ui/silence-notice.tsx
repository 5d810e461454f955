import { Banner } from '@shopify/polaris';
import type { Silence } from '#app/domains/signals/index.ts';
import { formatDay, formatPlural } from './format.ts';

/** Says that nothing is heard of the store's visitors any more, what stands still, and what to do. */
export function SilenceNotice({
  silence,
  themeEditor,
  timeZone,
}: {
  silence: Silence | null;
  /** the merchant puts our blocks into the theme */
  themeEditor: boolean;
  timeZone: string;
}) {
  if (silence === null) return null;
  return (
    <Banner
      tone="warning"
      title={`Nothing has been heard of your store's visitors since ${formatDay(silence.since, timeZone)}`}
    >
      <p>
        {formatPlural(silence.orders, 'order')} came in that time. Experiments and the comparison with and without
        Trellis count nobody meanwhile, and suggestions do not follow what visitors look at.{' '}
        {themeEditor
          ? 'Open your theme editor and see that Trellis is switched on under App embeds, then in the settings of your store that the pixel of Trellis is connected under Customer events.'
          : 'See that the Trellis plugin is active, that no cache or consent banner keeps its script back, and that your visitors can still agree to be counted.'}
      </p>
    </Banner>
  );
}
