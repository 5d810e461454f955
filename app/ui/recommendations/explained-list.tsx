import { Badge, BlockStack, Box, InlineStack, Text } from '@shopify/polaris';
import type { ExplainedSuggestion } from '#app/domains/recommendations/index.ts';
import { formatCount, formatPlural } from '../format.ts';
import { Thumb } from '../thumb.tsx';
import { sourceWords } from './source-words.ts';
import { rulesWords, suggestionWords, surenessTone } from './sureness-words.ts';

export interface ExplainedListProps {
  readonly title: string;
  readonly list: readonly ExplainedSuggestion[];
  /** by product id */
  readonly pictures: Readonly<Record<string, string | null>>;
  /** said where the list is empty */
  readonly none: string;
  /** titles by product id, where the reasons are about several products */
  readonly partners?: Readonly<Record<string, string>>;
}

/** What shoppers are suggested, each with the reason and how sure it is. */
export function ExplainedList({ title, list, pictures, none, partners = {} }: ExplainedListProps) {
  const best = Math.max(0, ...list.map(({ score }) => score));
  const shown = told(list);
  const more = list.length - shown.length;
  return (
    <BlockStack gap="200">
      <Text as="h4" variant="headingSm">
        {title}
      </Text>
      {list.length === 0 ? (
        <Text as="p" tone="subdued">
          {none}
        </Text>
      ) : (
        <ol className="bundle-rows">
          {shown.map((one) => (
            <li key={one.productId} className="bundle-row">
              <Thumb url={pictures[one.productId] ?? null} />
              <div className="bundle-row-words">
                <InlineStack gap="200" blockAlign="center">
                  <Text as="span" fontWeight="semibold" breakWord>
                    {one.title}
                  </Text>
                  {one.sellable ? null : <Badge tone="attention">Hidden: not for sale</Badge>}
                  <Badge tone={surenessTone[one.confidence]}>{suggestionWords(one)}</Badge>
                </InlineStack>
                <Text as="span" tone="subdued">
                  {[
                    one.place === null ? 'Brought in by your rule' : sourceWords(one.source),
                    ...evidence(one, partners),
                  ].join(' · ')}
                </Text>
                {rulesWords(one).map((line) => (
                  <Text key={line} as="span">
                    {line}
                  </Text>
                ))}
                <Box aria-hidden="true">
                  <span className="chart-bars-track">
                    <span
                      className="chart-bars-fill"
                      style={{ inlineSize: `${String(best > 0 ? Math.max(2, (one.score / best) * 100) : 0)}%` }}
                    />
                  </span>
                </Box>
              </div>
            </li>
          ))}
        </ol>
      )}
      {more > 0 ? (
        <Text as="p" tone="subdued">
          {`${formatCount(more)} more wait behind these, for when one is sold out or in the cart already.`}
        </Text>
      ) : null}
    </BlockStack>
  );
}

/** So many orders make a comparison with chance worth saying: one order of two rare products is a thousand times chance. */
const enoughOrders = 3;

function evidence({ reason }: ExplainedSuggestion, partners: NonNullable<ExplainedListProps['partners']>): string[] {
  const partner = reason.because === null ? undefined : partners[reason.because];
  const both = partner === undefined ? ' with both' : ` with “${partner}”`;
  return [
    ...(reason.support > 0 ? [`${formatPlural(reason.support, 'order')}${reason.because === null ? '' : both}`] : []),
    ...(reason.lift > 1 && reason.support >= enoughOrders
      ? [
          `${formatCount(reason.lift < 10 ? Math.round(reason.lift * 10) / 10 : Math.round(reason.lift))} times as often as by chance`,
        ]
      : []),
  ];
}

/** The first of what shoppers see, and all that the merchant's rules took away, that is for others or that the customer has. */
function told(list: readonly ExplainedSuggestion[]): ExplainedSuggestion[] {
  const isLeftOut = ({ excludedBy, keptForOthers, ownedByCustomer, shownAt }: ExplainedSuggestion): boolean =>
    excludedBy !== null || keptForOthers || (ownedByCustomer && shownAt === null);
  return [...list.filter((one) => !isLeftOut(one)).slice(0, 8), ...list.filter(isLeftOut)];
}
