import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Card, List, Text } from '@shopify/polaris';
import { useEffect, useRef } from 'react';
import type { OfferTerms } from '#app/domains/personal-offers/index.ts';
import { formatBps, formatCount, formatPlural } from '../../ui/format.ts';
import { sizeWords } from '../../ui/personal-offers/words.ts';
import { audienceWords } from './result-words.ts';
import type { Look, OfferAnswer } from './route.tsx';

interface AudienceCardProps {
  readonly initial: Look;
  /** null while something typed is not readable */
  readonly terms: OfferTerms | null;
  readonly gift: OfferTerms['gift']['type'];
  readonly currency: string;
}

/** Typing is over when nothing was typed for so long (milliseconds). */
const pauseMs = 400;

/** Whom the offer as it is typed would reach, and what the margin leaves of each size in the worst cart. */
export function AudienceCard({ initial, terms, gift, currency }: AudienceCardProps) {
  const { submit, data, state } = useFetcher<OfferAnswer>();
  const asked = terms ? JSON.stringify({ look: terms }) : null;
  const shownFor = useRef(asked);
  useEffect(() => {
    if (asked === null || asked === shownFor.current) return;
    const timer = setTimeout(() => {
      shownFor.current = asked;
      submit(asked, { method: 'post', encType: 'application/json' });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [asked, submit]);
  const look = (data?.ok ? data.look : null) ?? initial;
  const { customers, leftOut = 0 } = look.audience;
  const reduced = look.guard.filter(({ notice }) => notice !== null);
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingSm">
            Whom it reaches
          </Text>
          <div role="status" aria-busy={state !== 'idle'}>
            <Text as="p" variant="headingLg">
              {formatCount(customers)}
            </Text>
            <Text as="p" tone="subdued">
              {audienceWords(look.audience)}
            </Text>
          </div>
          {leftOut > 0 ? (
            <Text as="p" tone="subdued">
              {formatPlural(leftOut, 'more order was', 'more orders were')} paid in a currency of which neither the
              order nor your programme of points knows the rate: no minimum is reached by{' '}
              {leftOut === 1 ? 'it' : 'them'}.
            </Text>
          ) : null}
          {terms ? (
            <Text as="p" tone="subdued">
              {formatBps(terms.holdoutBps)} of them get nothing, for the comparison.
            </Text>
          ) : null}
        </BlockStack>
      </Card>
      {gift === 'early-access' ? null : (
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingSm">
              Your margin
            </Text>
            {reduced.length === 0 ? (
              <Text as="p">In no cart does it go below your lowest margin.</Text>
            ) : (
              <Banner tone="warning">
                <p>The checkout takes off less where your margin asks for it:</p>
                <List>
                  {reduced.map(({ size, notice }) => (
                    <List.Item key={size}>
                      {sizeWords(gift, size, currency)}: {notice}
                    </List.Item>
                  ))}
                </List>
              </Banner>
            )}
          </BlockStack>
        </Card>
      )}
    </BlockStack>
  );
}
