import { useFetcher } from '@remix-run/react';
import { BlockStack, Card, EmptyState, InlineGrid, Layout, Page, Text } from '@shopify/polaris';
import type { Run } from '#app/domains/activity/index.ts';
import type { RecommendationStatus } from '#app/domains/recommendations/index.ts';
import { ShareBars } from '../../ui/charts/share-bars.tsx';
import { FigureCard } from '../../ui/figure-card.tsx';
import { formatAge, formatCount, formatMoment, formatPlural, formatShare } from '../../ui/format.ts';
import { StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { RunProgress } from '../../ui/runs/run-progress.tsx';
import { usePolling } from '../../ui/use-polling.ts';
import { CartCard } from './cart-card.tsx';
import { type LookUpProps, ProductLookUp } from './product-look-up.tsx';
import { BlendCard } from '../../ui/recommendations/blend-card.tsx';
import { modelWords } from '../../ui/recommendations/sureness-words.ts';
import { suggestionOrigins } from '../../ui/recommendations/source-words.ts';

interface RecommendationsPageProps extends LookUpProps {
  readonly status: RecommendationStatus;
  readonly run: Run | null;
  readonly now: Date;
  readonly timeZone: string;
  readonly standing: StoreStanding;
}

/** How good and how fresh the recommendations are, and why each one is there. */
export function RecommendationsPage(props: RecommendationsPageProps) {
  const { status, run, now, timeZone } = props;
  const recompute = useFetcher();
  const busy = run !== null || recompute.state !== 'idle';
  usePolling(run !== null);
  const start = (): void => {
    recompute.submit(null, { method: 'post' });
  };

  return (
    <Page
      title="Recommendations"
      secondaryActions={[
        { content: 'Test on past orders', url: '/recommendations/backtest' },
        { content: 'Rules', url: '/recommendations/rules' },
        { content: 'Who is who', url: '/recommendations/visitors' },
      ]}
      primaryAction={{ content: 'Recompute now', onAction: start, disabled: busy, loading: recompute.state !== 'idle' }}
    >
      <BlockStack gap="400">
        <StoreNotice standing={props.standing} />
        {run ? (
          <Card>
            <RunProgress run={run} />
          </Card>
        ) : null}
        {status.state === 'never-trained' ? (
          <Card>
            <EmptyState
              heading={run ? 'Your first recommendations are on their way' : 'No recommendations yet'}
              image=""
              {...(run ? {} : { action: { content: 'Compute recommendations', onAction: start } })}
            >
              <p>
                Trellis learns from your orders which products go together and shows them on product and cart pages. You
                need not set anything up.
              </p>
            </EmptyState>
          </Card>
        ) : (
          <>
            <Figures status={status} now={now} timeZone={timeZone} />
            <Layout>
              <Layout.Section>
                <BlockStack gap="400">
                  <ProductLookUp
                    search={props.search}
                    product={props.product}
                    found={props.found}
                    explanation={props.explanation}
                    popular={props.popular}
                    cart={props.cart}
                  />
                  <CartCard search={props.search} product={props.product} cart={props.cart} />
                </BlockStack>
              </Layout.Section>
              <Layout.Section variant="oneThird">
                <Sources status={status} />
              </Layout.Section>
            </Layout>
          </>
        )}
      </BlockStack>
    </Page>
  );
}

type ActiveStatus = Extract<RecommendationStatus, { state: 'active' }>;

function Figures({ status, now, timeZone }: { status: ActiveStatus; now: Date; timeZone: string }) {
  const figures: readonly { name: string; value: string; note: string }[] = [
    {
      name: 'Products with suggestions',
      value: formatShare(status.coverage),
      note: `${formatCount(status.coveredProducts)} of ${formatPlural(status.sellableProducts, 'product')} on sale have at least 4`,
    },
    { name: 'Last computed', value: formatAge(status.trainedAt, now), note: formatMoment(status.trainedAt, timeZone) },
    {
      name: 'New orders since',
      value: formatCount(status.newOrders),
      note: 'In the lists within a minute, in what is learnt after the night',
    },
    { name: 'How sure', ...modelWords(status.sureness) },
    {
      name: 'Learnt from',
      value: formatPlural(status.ordersUsed, 'order'),
      note: `${formatPlural(status.productsUsed, 'product')}, ${formatPlural(status.customersUsed, 'customer')}`,
    },
  ];
  return (
    <InlineGrid columns={{ xs: 1, sm: 2, lg: 5 }} gap="400">
      {figures.map(({ name, value, note }) => (
        <FigureCard key={name} name={name} value={value} note={note} />
      ))}
    </InlineGrid>
  );
}

function Sources({ status }: { status: ActiveStatus }) {
  const origins = suggestionOrigins(status.perSource);
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingSm">
            Where suggestions come from
          </Text>
          {origins ? (
            <>
              <Text as="p">
                {`${formatShare(origins.learnt)} of all suggestions rest on what your customers bought together or one after the other, the others on what sells best or is alike. The more orders hold several products, the more of the first.`}
              </Text>
              <ShareBars title="What suggestions rest on" bars={origins.groups} />
            </>
          ) : (
            <Text as="p" tone="subdued">
              There are no suggestions yet. They come with your first products on sale.
            </Text>
          )}
        </BlockStack>
      </Card>
      <BlendCard blends={status.blends} />
      {status.views ? (
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingSm">
              What visitors look at
            </Text>
            <Text as="p">
              {`${formatPlural(status.views.visits, 'visit')} of the last 90 days taught which products are looked at together. What a visitor has looked at moves the cart’s suggestions towards these.`}
            </Text>
          </BlockStack>
        </Card>
      ) : null}
    </BlockStack>
  );
}
