import { Form, Link, useFetcher, useSearchParams } from '@remix-run/react';
import { Badge, BlockStack, Button, Card, InlineStack, Page, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { VisitorExplanation } from '#app/domains/recommendations/index.ts';
import type { IdentityLink } from '#app/domains/signals/index.ts';
import { formatMoment, formatPlural, formatShare } from '../../ui/format.ts';
import { ExplainedList, type ExplainedListProps } from '../../ui/recommendations/explained-list.tsx';
import { StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';

interface ShownLink extends IdentityLink {
  /** sure enough to act on */
  readonly counts: boolean;
}

interface VisitorsPageProps {
  /** null = nothing was asked yet */
  readonly links: readonly ShownLink[] | null;
  /** what sets their suggestions apart; null = nobody was asked about */
  readonly explained: VisitorExplanation | null;
  /** the customer's own list; null = no customer was named */
  readonly own: Pick<ExplainedListProps, 'list' | 'pictures'> | null;
  readonly timeZone: string;
  readonly standing: StoreStanding;
}

const mostWanted = 8;

/** Which browsers are taken for which customer, how sure that is, and the way to undo it. */
export function VisitorsPage({ links, explained, own, timeZone, standing }: VisitorsPageProps) {
  const [params] = useSearchParams();
  const [who, setWho] = useState(params.get('who') ?? '');
  return (
    <Page
      title="Who is who"
      subtitle="Which browsers are taken for which customer"
      backAction={{ content: 'Recommendations', url: '/recommendations' }}
    >
      <BlockStack gap="400">
        <StoreNotice standing={standing} />
        <Card>
          <BlockStack gap="400">
            <Text as="p" tone="subdued">
              A visitor who agreed and then logs in or orders is taken for that customer: suggestions follow what they
              look at on all their browsers. Where that is wrong, take the two apart; it stays so until you join them
              again.
            </Text>
            <Form method="get">
              <TextField
                label="Number or e-mail of a customer, or id of a visitor"
                name="who"
                value={who}
                onChange={setWho}
                autoComplete="off"
                connectedRight={<Button submit>Look up</Button>}
              />
            </Form>
            {links === null ? null : links.length === 0 ? (
              <Text as="p">
                {own !== null && own.list.length > 0
                  ? 'No browser is taken for this customer.'
                  : 'Nothing is known of this customer or visitor.'}
              </Text>
            ) : (
              <ul className="bundle-rows">
                {links.map((link) => (
                  <Pair key={`${link.visitorId} ${link.customerId}`} link={link} timeZone={timeZone} />
                ))}
              </ul>
            )}
          </BlockStack>
        </Card>
        {explained === null ? null : <Apart explained={explained} />}
        {own === null ? null : (
          <Card>
            <ExplainedList
              title="For you: shown to them while they are signed in"
              {...own}
              none="They have no list of their own: it comes with a customer’s first order that was learnt from. Until then they see what is popular."
            />
          </Card>
        )}
      </BlockStack>
    </Page>
  );
}

/** Why this visitor's suggestions differ from everybody's. */
function Apart({ explained: { wanted, owned } }: { readonly explained: VisitorExplanation }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          What they did lately, in their suggestions
        </Text>
        {wanted.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing of the last days moves a suggestion for their cart.
          </Text>
        ) : (
          <ol className="bundle-rows">
            {wanted.slice(0, mostWanted).map(({ productId, title, words }) => (
              <li key={productId} className="bundle-row">
                <div className="bundle-row-words">
                  <Text as="span" fontWeight="semibold">
                    {title}
                  </Text>
                  <Text as="span" tone="subdued">
                    {words}
                  </Text>
                </div>
              </li>
            ))}
          </ol>
        )}
        {owned.length === 0 ? null : (
          <Text as="p" tone="subdued">
            {`Left out while they are signed in, because they have it: ${owned.slice(0, mostWanted).join(', ')}${owned.length > mostWanted ? ', …' : ''}.`}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function Pair({ link, timeZone }: { readonly link: ShownLink; readonly timeZone: string }) {
  const change = useFetcher();
  const { visitorId, customerId, splitAt } = link;
  const apart = splitAt !== null;
  const evidence = [
    formatPlural(link.orders, 'order'),
    formatPlural(link.logins, 'login'),
    `last seen ${formatMoment(link.lastSeenAt, timeZone)}`,
  ].join(', ');
  const act = (): void => {
    change.submit(JSON.stringify({ intent: apart ? 'join' : 'split', visitorId, customerId }), {
      method: 'post',
      encType: 'application/json',
    });
  };
  return (
    <li className="bundle-row">
      <div className="bundle-row-words">
        <InlineStack gap="200" blockAlign="center">
          <Link className="row-link" to={`?${new URLSearchParams({ who: customerId }).toString()}`}>
            {`Customer ${customerId}`}
          </Link>
          {apart ? (
            <Badge>Taken apart</Badge>
          ) : (
            <Badge tone={link.counts ? 'success' : 'attention'}>
              {`${formatShare(link.confidence)} sure${link.counts ? '' : ', not acted on'}`}
            </Badge>
          )}
        </InlineStack>
        <Text as="span" breakWord>{`Visitor ${visitorId}`}</Text>
        <Text as="span" tone="subdued">
          {evidence}
        </Text>
      </div>
      <Button
        onClick={act}
        loading={change.state !== 'idle'}
        accessibilityLabel={`${apart ? 'Join again' : 'Take apart'}: customer ${customerId}, visitor ${visitorId}`}
      >
        {apart ? 'Join again' : 'Take apart'}
      </Button>
    </li>
  );
}
