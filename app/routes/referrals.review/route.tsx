import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Card, EmptyState, Page, BlockStack, Text } from '@shopify/polaris';
import { readReviewQueue } from '#app/domains/referrals/index.ts';
import { decideReferral } from '#app/flows/referrals/merchant.ts';
import { showReferrals } from '#app/flows/referrals/show.ts';
import { type DecisionAnswer, ReferralList } from '../../ui/referrals/referral-list.tsx';
import { StoreNotice } from '../../ui/store-notice.tsx';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';

export const meta: MetaFunction = () => [{ title: 'Referrals to review' }];

const mostShown = 100;

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { shop, standing } = merchant;
  const { currency, timeZone } = shop;
  const rows = await merchant.inShop(async (scope) =>
    showReferrals(scope, await readReviewQueue(scope, mostShown), currency),
  );
  return { rows, currency, timeZone, standing };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const done = await decideReferral(args.context.services, merchant.shop.id, await readJson(args.request));
  return done.ok
    ? data<DecisionAnswer>({ ok: true })
    : data<DecisionAnswer>({ ok: false, message: done.message }, { status: 422 });
}

/** Rewards that wait for the merchant, and decisions that advocates do not agree with. */
export default function Review() {
  const { rows, standing, ...rest } = useLoaderData<typeof loader>();
  return (
    <Page title="Referrals to review" backAction={{ content: 'Referrals', url: '/referrals' }}>
      <BlockStack gap="400">
        <StoreNotice standing={standing} />
        {rows.length === 0 ? (
          <Card>
            <EmptyState heading="Nothing waits for you" image="">
              <p>Rewards that look unusual stop here before they are paid, and advocates’ appeals arrive here.</p>
            </EmptyState>
          </Card>
        ) : (
          <>
            <Text as="p" tone="subdued">
              Nothing here is paid without you, unless you chose that in the programme. Every decision can be taken
              back.
            </Text>
            <ReferralList rows={rows} showAdvocate {...rest} />
          </>
        )}
      </BlockStack>
    </Page>
  );
}
