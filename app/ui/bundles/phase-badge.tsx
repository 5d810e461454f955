import { Badge } from '@shopify/polaris';
import type { BundlePhase } from '#app/domains/bundles/index.ts';

const looks = {
  live: { tone: 'success', text: 'Live' },
  scheduled: { tone: 'info', text: 'Scheduled' },
  draft: { tone: 'new', text: 'Draft' },
  paused: { tone: 'attention', text: 'Paused' },
  expired: { tone: 'read-only', text: 'Ended' },
} as const satisfies Record<BundlePhase, { tone: string; text: string }>;

/** Where a bundle stands now, in a word. */
export function PhaseBadge({ phase }: { phase: BundlePhase }) {
  const { tone, text } = looks[phase];
  return <Badge tone={tone}>{text}</Badge>;
}
