import { Badge, BlockStack, Box, Card, DataTable, InlineGrid, InlineStack, Link, Page, Text } from '@shopify/polaris';
import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import type {
  OfferFigures,
  OfferPolicy,
  OfferState,
  OfferTerms,
  TemplateId,
} from '#app/domains/personal-offers/index.ts';
import type { SegmentChoice } from '#app/domains/segments/index.ts';
import { formatCount, formatMoney } from '../../ui/format.ts';
import { segmentNames } from '../../ui/personal-offers/segment-names.ts';
import { stateWords, templateWords, whomWords } from '../../ui/personal-offers/words.ts';
import { StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { PolicyCard } from './policy-card.tsx';

interface OffersPageProps {
  readonly rows: readonly {
    readonly id: string;
    readonly title: string;
    readonly status: OfferState;
    readonly endReason: string | null;
    readonly terms: OfferTerms;
    readonly figures: OfferFigures | null;
    /** null = it was never live */
    readonly result: Shown<ExperimentResult> | null;
  }[];
  readonly policy: OfferPolicy;
  readonly choices: readonly SegmentChoice[];
  readonly templates: readonly TemplateId[];
  readonly currency: string;
  readonly standing: StoreStanding;
}

/** Moments travel as texts. */
type Shown<T> = T extends unknown ? { readonly [K in keyof T]: T[K] extends Date ? Date | string : T[K] } : never;

/** Offers for single customers: what each has given, what it earned, and what its budget has left. */
export function OffersPage({ rows, policy, choices, templates, currency, standing }: OffersPageProps) {
  const nameOf = segmentNames(choices);
  return (
    <Page
      title="Personal offers"
      subtitle="The right discount for the right customer, in the smallest size that works"
      secondaryActions={rows.length === 0 ? [] : [{ content: 'Why / why not', url: '/personal-offers/why' }]}
    >
      <BlockStack gap="400">
        <StoreNotice standing={standing} />
        {rows.length === 0 ? null : (
          <Card padding="0">
            <DataTable
              columnContentTypes={['text', 'text', 'numeric', 'numeric', 'text', 'text']}
              headings={['Offer', 'State', 'Given', 'Used', 'Earned', 'Budget left']}
              rows={rows.map(({ id, title, status, terms, figures, result }) => [
                <div key={id} className="table-name">
                  <BlockStack>
                    <Link url={`/personal-offers/${id}`}>{title}</Link>
                    <Text as="span" tone="subdued">
                      {whomWords(terms, nameOf)}
                    </Text>
                  </BlockStack>
                </div>,
                <Badge key={`${id}-state`} {...(stateWords[status].tone ? { tone: stateWords[status].tone } : {})}>
                  {stateWords[status].label}
                </Badge>,
                formatCount(figures?.given ?? 0),
                formatCount(figures?.used ?? 0),
                earnedWords(result, currency),
                budgetWords(terms.budget, figures, currency),
              ])}
            />
          </Card>
        )}
        <BlockStack gap="300">
          <Box paddingInline={{ xs: '400', sm: '0' }}>
            <Text as="h2" variant="headingMd">
              {rows.length === 0 ? 'Begin with one of these' : 'New offer'}
            </Text>
          </Box>
          <InlineGrid columns={{ xs: 1, sm: 2, md: 3 }} gap="300">
            {templates.map((template) => (
              <Card key={template}>
                <BlockStack gap="200">
                  <Text as="h3" variant="headingSm">
                    {templateWords[template].name}
                  </Text>
                  <Text as="p">{templateWords[template].why}</Text>
                  <InlineStack>
                    <Link
                      url={`/personal-offers/new?template=${template}`}
                    >{`Use “${templateWords[template].name}”`}</Link>
                  </InlineStack>
                </BlockStack>
              </Card>
            ))}
          </InlineGrid>
        </BlockStack>
        <PolicyCard key={JSON.stringify(policy)} policy={policy} />
      </BlockStack>
    </Page>
  );
}

function earnedWords(result: OffersPageProps['rows'][number]['result'], currency: string): string {
  if (result === null || result.status === 'off') return '';
  if (!('incrementalMinor' in result)) return 'Too early to tell';
  const signed = (minor: number): string => formatMoney(minor, currency, { sign: true, whole: true });
  const { low, high } = result.incrementalInterval;
  return `${signed(result.incrementalMinor)} (${signed(low)} to ${signed(high)})`;
}

function budgetWords({ minor, count }: OfferTerms['budget'], figures: OfferFigures | null, currency: string): string {
  const left = [
    ...(minor === null
      ? []
      : [formatMoney(Math.max(0, minor - (figures?.bookedMinor ?? 0) - (figures?.reservedMinor ?? 0)), currency)]),
    ...(count === null ? [] : [`${formatCount(Math.max(0, count - (figures?.given ?? 0)))} codes`]),
  ];
  return left.length === 0 ? 'No limit' : left.join(', ');
}
