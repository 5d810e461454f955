import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { Badge, Banner, BlockStack, Card, InlineGrid, Page, Text } from '@shopify/polaris';
import { readAdvocateFigures, readReferrals } from '#app/domains/referrals/index.ts';
import { changeAdvocate } from '#app/flows/referrals/merchant.ts';
import { showReferrals } from '#app/flows/referrals/show.ts';
import { isUuid } from '#app/shared/ids.ts';
import { FigureCard } from '../../ui/figure-card.tsx';
import { formatCount } from '../../ui/format.ts';
import { type DecisionAnswer, ReferralList } from '../../ui/referrals/referral-list.tsx';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';

export const meta: MetaFunction = () => [{ title: 'Advocate' }];

const mostShown = 100;
const notFound = () => new Response('There is no such advocate.', { status: 404 });

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { shop } = merchant;
  const { currency, timeZone, storefrontUrl } = shop;
  const id = args.params['id'] ?? '';
  const found = isUuid(id)
    ? await merchant.inShop(async (scope) => {
        const [advocate] = await readAdvocateFigures(scope, 1, id);
        const page = { before: null, limit: mostShown };
        return advocate
          ? {
              advocate,
              rows: await showReferrals(scope, await readReferrals(scope, { advocateId: id }, page), currency),
            }
          : null;
      })
    : null;
  if (!found) throw notFound();
  const path = merchant.capabilities?.invitationPath.replace('{code}', found.advocate.code) ?? '';
  const link = `${storefrontUrl}${path}`;
  return { ...found, link, currency, timeZone };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const id = args.params['id'] ?? '';
  if (!isUuid(id)) throw notFound();
  const done = await changeAdvocate(args.context.services, merchant.shop.id, id, await readJson(args.request));
  return done.ok
    ? data<DecisionAnswer>({ ok: true })
    : data<DecisionAnswer>({ ok: false, message: done.message }, { status: 422 });
}

/** One customer who recommends the store: link, friends, and what came of each. */
export default function AdvocatePage() {
  const { advocate, rows, link, currency, timeZone } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<DecisionAnswer>();
  const change = (intent: 'stop' | 'resume' | 'new-code') => () => {
    fetcher.submit({ intent }, { method: 'post', encType: 'application/json' });
  };
  const stopped = advocate.stoppedAt !== null;
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined;
  return (
    <Page
      title={advocate.customerId === null ? 'Advocate who was erased' : `Customer ${advocate.customerId}`}
      titleMetadata={stopped ? <Badge tone="critical">Stopped</Badge> : <Badge tone="success">Active</Badge>}
      backAction={{ content: 'Referrals', url: '/referrals' }}
      {...(advocate.customerId === null
        ? {}
        : {
            secondaryActions: [
              { content: 'New code', onAction: change('new-code'), disabled: stopped },
              stopped
                ? { content: 'Let go on', onAction: change('resume') }
                : { content: 'Stop', destructive: true, onAction: change('stop') },
            ],
          })}
    >
      <BlockStack gap="400">
        {answer?.ok === false ? <Banner tone="critical" title={answer.message} /> : null}
        <Card>
          <BlockStack gap="100">
            <Text as="h2" variant="headingSm">
              Link to share
            </Text>
            <Text as="p" breakWord>
              {link}
            </Text>
            <Text as="p" tone="subdued">
              “New code” ends the present code in the store, for example when it stands on a page of coupons. Links that
              were shared before still lead to this customer.
            </Text>
          </BlockStack>
        </Card>
        <InlineGrid columns={{ xs: 1, sm: 2, md: 4 }} gap="300">
          <FigureCard name="Shared" value={formatCount(advocate.shares)} note="times" />
          <FigureCard name="Opened" value={formatCount(advocate.clicks)} note="times" />
          <FigureCard
            name="Orders"
            value={formatCount(advocate.orders)}
            note={`${formatCount(advocate.waiting)} wait`}
          />
          <FigureCard name="Rewarded" value={formatCount(advocate.rewarded)} note="friends" />
        </InlineGrid>
        {rows.length === 0 ? (
          <Text as="p" tone="subdued">
            No friend has ordered yet.
          </Text>
        ) : (
          <ReferralList rows={rows} currency={currency} timeZone={timeZone} showAdvocate={false} />
        )}
      </BlockStack>
    </Page>
  );
}
