import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Card, EmptyState, Layout, Page } from '@shopify/polaris';
import type { MerchandisingSettings, RulePhase, RulesPreview } from '#app/domains/recommendations/index.ts';
import type { RuleAction } from '../../ui/rules/rule-words.ts';
import type { RulesAnswer } from './route.tsx';
import { RuleList } from './rule-list.tsx';
import { RulesPreviewCard } from './rules-preview-card.tsx';
import { SettingsCard } from './settings-card.tsx';

export interface RuleRow {
  readonly id: string;
  readonly title: string;
  readonly revision: number;
  readonly status: 'on' | 'off';
  readonly phase: RulePhase;
  readonly action: RuleAction;
  readonly sentence: string;
}

export interface RulesPageProps {
  readonly rules: readonly RuleRow[];
  readonly settings: MerchandisingSettings;
  readonly search: string;
  readonly product: string;
  readonly found: readonly { readonly id: string; readonly title: string; readonly imageUrl: string | null }[];
  readonly preview: RulesPreview | null;
}

/** The merchant's own say over what is suggested: rules in their order, the aim, and what both change. */
export function RulesPage(props: RulesPageProps) {
  const fetcher = useFetcher<RulesAnswer>();
  const send = (change: Record<string, unknown>): void => {
    fetcher.submit(JSON.stringify(change), { method: 'post', encType: 'application/json' });
  };
  const refused = fetcher.state === 'idle' && fetcher.data?.ok === false ? fetcher.data : null;
  const create = { content: 'Create rule', url: '/recommendations/rules/new' };
  return (
    <Page
      title="Rules"
      subtitle="Recommendations learn by themselves. Rules are for what only you know."
      backAction={{ content: 'Recommendations', url: '/recommendations' }}
      primaryAction={create}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {refused ? (
              <Banner tone="critical" title="This was not changed">
                <p>{Object.values(refused.fields)[0] ?? refused.message}</p>
              </Banner>
            ) : null}
            <Card padding={props.rules.length === 0 ? '400' : '0'}>
              {props.rules.length === 0 ? (
                <EmptyState heading="No rules yet" action={create} image="">
                  <p>
                    Pin a novelty to the front, keep clearance stock out, or suggest a refill with every machine. Rules
                    are followed from the top.
                  </p>
                </EmptyState>
              ) : (
                <RuleList rules={props.rules} busy={fetcher.state !== 'idle'} send={send} />
              )}
            </Card>
            <RulesPreviewCard
              search={props.search}
              product={props.product}
              found={props.found}
              preview={props.preview}
            />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <SettingsCard key={JSON.stringify(props.settings)} initial={props.settings} />
        </Layout.Section>
      </Layout>
    </Page>
  );
}
