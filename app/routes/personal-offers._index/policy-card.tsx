import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, FormLayout, InlineError, InlineStack, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { OfferPolicy } from '#app/domains/personal-offers/index.ts';
import { toast } from '../../ui/app-bridge.ts';
import { typedNumber } from '../../ui/typed.ts';
import type { PolicyAnswer } from './route.tsx';

/** How many offers one customer gets at most, over all of them. */
export function PolicyCard({ policy }: { policy: OfferPolicy }) {
  const fetcher = useFetcher<PolicyAnswer>();
  const [typed, setTyped] = useState({ most: String(policy.most), days: String(policy.days) });
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined;
  useEffect(() => {
    if (answer?.ok) toast('Saved');
  }, [answer]);
  const field = (name: 'most' | 'days', label: string) => (
    <TextField
      label={label}
      autoComplete="off"
      inputMode="numeric"
      value={typed[name]}
      onChange={(value) => {
        setTyped({ ...typed, [name]: value });
      }}
    />
  );
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          For one customer, over all offers
        </Text>
        <FormLayout>
          <FormLayout.Group condensed>
            {field('most', 'At most so many offers')}
            {field('days', 'within so many days')}
          </FormLayout.Group>
        </FormLayout>
        {answer?.ok === false ? <InlineError message={answer.message} fieldID="personal-offer-policy" /> : null}
        <InlineStack>
          <Button
            id="personal-offer-policy"
            loading={fetcher.state !== 'idle'}
            onClick={() => {
              const sent = { most: typedNumber(typed.most), days: typedNumber(typed.days) };
              fetcher.submit(JSON.stringify(sent), { method: 'post', encType: 'application/json' });
            }}
          >
            Save limit
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
