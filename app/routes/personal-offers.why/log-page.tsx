import { useSearchParams } from '@remix-run/react';
import { BlockStack, Button, Card, DataTable, Form, FormLayout, Link, Page, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { LogRow } from '#app/domains/personal-offers/index.ts';
import { formatMoment } from '../../ui/format.ts';
import { occurrenceWords, whyWords } from '../../ui/personal-offers/words.ts';

interface LogPageProps {
  readonly log: readonly {
    readonly [K in keyof LogRow]: LogRow[K] extends Date | null ? string | LogRow[K] : LogRow[K];
  }[];
  readonly currency: string;
  readonly timeZone: string;
}

/** For each customer who met a trigger: what was decided, and why. */
export function LogPage({ log, currency, timeZone }: LogPageProps) {
  const [search, setSearch] = useSearchParams();
  const customer = search.get('customer') ?? '';
  const offerId = search.get('offer');
  const [typed, setTyped] = useState(customer);
  const back = offerId === null ? '/personal-offers' : `/personal-offers/${offerId}`;
  return (
    <Page title="Why / why not" backAction={{ content: 'Personal offers', url: back }}>
      <BlockStack gap="400">
        <Card>
          <Form
            onSubmit={() => {
              setSearch({
                ...(offerId === null ? {} : { offer: offerId }),
                ...(typed.trim() === '' ? {} : { customer: typed.trim() }),
              });
            }}
          >
            <FormLayout>
              <TextField
                label="Customer"
                helpText="The id in your store; empty = all."
                autoComplete="off"
                value={typed}
                onChange={setTyped}
                connectedRight={<Button submit>Look up</Button>}
              />
            </FormLayout>
          </Form>
        </Card>
        <Card padding={log.length === 0 ? '400' : '0'}>
          {log.length === 0 ? (
            <Text as="p" tone="subdued">
              {customer === ''
                ? 'Nobody has met the trigger yet.'
                : 'This customer has not met the trigger of any offer that was live.'}
            </Text>
          ) : (
            <DataTable
              columnContentTypes={['text', 'text', 'text', 'text']}
              headings={['Customer', 'Why', 'Offer', 'What happened']}
              rows={log.map((row) => [
                row.customerId ?? 'erased',
                // On a phone what stands second is seen at once.
                <span key={row.id} className="table-words">
                  {whyWords(row, currency)}
                </span>,
                <Link key={row.id} url={`/personal-offers/${row.offerId}`}>
                  {row.offer}
                </Link>,
                `${occurrenceWords(row.occurrence)}, ${formatMoment(row.enteredAt, timeZone)}`,
              ])}
            />
          )}
        </Card>
      </BlockStack>
    </Page>
  );
}
