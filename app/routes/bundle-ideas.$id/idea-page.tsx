import { useFetcher, useNavigate } from '@remix-run/react';
import { Banner, BlockStack, Card, InlineGrid, InlineStack, Layout, List, Page, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { Assumptions, Beside } from '#app/domains/bundle-ideas/index.ts';
import type { IncentiveRules } from '#app/domains/incentives/index.ts';
import type { IdeaView } from '#app/flows/bundle-ideas.ts';
import { formatBps, formatMoney, formatPlural, formatShare } from '../../ui/format.ts';
import { FigureCard } from '../../ui/figure-card.tsx';
import { coverWords, kindWords, refusalWords, whySentences } from '../../ui/ideas/idea-words.ts';
import { useIdeaChange } from '../../ui/ideas/use-idea-change.ts';
import { Thumb } from '../../ui/thumb.tsx';
import { AssumptionsCard } from './assumptions-card.tsx';
import { PriceCard } from './price-card.tsx';
import type { DraftAnswer } from './route.tsx';

interface IdeaPageProps extends IdeaView {
  readonly title: string;
  readonly assumptions: Assumptions;
  readonly beside: Beside;
  readonly currency: string;
  readonly rules: IncentiveRules;
  /** of the price without tax */
  readonly minMarginBps: number;
}

/** One idea: why, what it earns by discount, what it rests on, and the way to a draft. */
export function IdeaPage(props: IdeaPageProps) {
  const { idea, assessment, products, title, currency, assumptions, beside, rules, minMarginBps } = props;
  const [basisPoints, setBasisPoints] = useState(assessment.best?.basisPoints ?? 500);
  const draft = useFetcher<DraftAnswer>();
  const navigate = useNavigate();
  const change = useIdeaChange(() => {
    navigate('/bundle-ideas');
  });
  const answer = draft.data;
  useEffect(() => {
    if (answer?.ok && draft.state === 'idle') navigate(`/bundles/${answer.bundleId}`);
  }, [answer, draft.state, navigate]);
  const point = assessment.points.find((one) => one.basisPoints === basisPoints);
  const titleOf = (id: string): string =>
    products.find((product) => product.id === id)?.title ?? 'a product that is gone';
  const drafted = idea.status === 'drafted' && idea.bundleId !== null;
  const allowed = point !== undefined && point.worst.refusal === null && assessment.refusal !== 'unavailable';

  return (
    <Page
      title={title}
      backAction={{ content: 'Bundle ideas', url: '/bundle-ideas' }}
      primaryAction={
        drafted
          ? { content: 'Open the bundle', url: `/bundles/${idea.bundleId ?? ''}` }
          : {
              content: `Create draft at ${formatBps(basisPoints)} off`,
              disabled: !allowed,
              loading: draft.state !== 'idle',
              onAction: () => {
                draft.submit({ basisPoints }, { method: 'post', encType: 'application/json' });
              },
            }
      }
      secondaryActions={
        drafted
          ? []
          : idea.status === 'dismissed'
            ? [
                {
                  content: 'Bring back',
                  onAction: () => {
                    change.restore(idea.id);
                  },
                },
              ]
            : [
                {
                  content: 'Dismiss',
                  onAction: () => {
                    change.dismiss(idea.id);
                  },
                },
              ]
      }
    >
      <BlockStack gap="400">
        {answer && !answer.ok ? <Banner tone="critical" title={answer.message} /> : null}
        {change.problem ? <Banner tone="critical" title={change.problem} /> : null}
        {assessment.refusal ? (
          <Banner tone="warning" title={refusalWords[assessment.refusal][0]}>
            <p>{refusalWords[assessment.refusal][1]}</p>
          </Banner>
        ) : null}
        <Figures {...props} />
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <PriceCard
                assessment={assessment}
                idea={idea}
                basisPoints={basisPoints}
                onChange={setBasisPoints}
                currency={currency}
                beside={beside}
                minMarginBps={minMarginBps}
              />
              <Card>
                <BlockStack gap="300">
                  <Text as="h2" variant="headingSm">
                    Why these products
                  </Text>
                  <List>
                    {whySentences(idea, titleOf).map((sentence) => (
                      <List.Item key={sentence}>{sentence}</List.Item>
                    ))}
                  </List>
                </BlockStack>
              </Card>
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <BlockStack gap="400">
              <Products {...props} titleOf={titleOf} />
              <AssumptionsCard assumptions={assumptions} codesKnown={beside.codesKnown} rules={rules} change={change} />
            </BlockStack>
          </Layout.Section>
        </Layout>
      </BlockStack>
    </Page>
  );
}

function Figures({ idea, assessment, currency }: IdeaPageProps) {
  const { evidence } = idea;
  const assumed = assessment.assumedCosts.length;
  return (
    <InlineGrid columns={{ xs: 1, sm: 2, lg: 4 }} gap="400">
      <FigureCard
        name="Attach rate today"
        value={formatShare(evidence.attach.value)}
        note={`${formatPlural(evidence.support, 'order')}; between ${formatShare(evidence.attach.low)} and ${formatShare(evidence.attach.high)} with 99% certainty`}
      />
      <FigureCard
        name="Price today"
        value={formatMoney(assessment.priceMinor, currency)}
        note={idea.kind === 'mix-and-match' ? 'At the mean of its products' : 'At the cheapest variants'}
      />
      <FigureCard
        name="Margin before discount"
        value={assessment.marginBps === null ? '–' : formatShare(assessment.marginBps / 10_000)}
        note={
          assumed > 0
            ? `Cost of ${formatPlural(assumed, 'product')} unknown: your default margin is assumed`
            : 'From the unit costs in your catalog'
        }
      />
      <FigureCard
        name="Stock cover"
        value={coverWords(assessment.cover)}
        note={
          assessment.cover
            ? `${formatPlural(assessment.cover.units, 'unit')} of the scarcest part at its present sales`
            : 'Stock is not limited or did not sell lately'
        }
      />
    </InlineGrid>
  );
}

function Products({ idea, products, titleOf }: IdeaPageProps & { titleOf: (id: string) => string }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          {idea.kind === 'mix-and-match'
            ? `${kindWords[idea.kind]}: any ${String(idea.evidence.pickCount)} of`
            : kindWords[idea.kind]}
        </Text>
        {idea.evidence.parts.map(({ productId, quantity }) => (
          <InlineStack key={productId} gap="300" blockAlign="center" wrap={false}>
            <Thumb url={products.find(({ id }) => id === productId)?.imageUrl ?? null} />
            <Text as="span">{quantity > 1 ? `${String(quantity)} × ${titleOf(productId)}` : titleOf(productId)}</Text>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
}
