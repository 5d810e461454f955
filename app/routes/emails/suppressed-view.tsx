import { useFetcher, useSearchParams } from '@remix-run/react';
import { Banner, BlockStack, Box, Button, EmptyState, InlineStack, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { SuppressedAddress } from '#app/flows/mail-suppressions.ts';
import { toast } from '../../ui/app-bridge.ts';
import { formatMoment } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { useListAddress } from '../../ui/use-list-address.ts';
import { suppressionWords } from './mail-words.ts';
import type { EmailsAnswer } from './route.tsx';

interface SuppressedViewProps {
  readonly suppressed: readonly SuppressedAddress[];
  readonly more: boolean;
  readonly timeZone: string;
}

/** Addresses that get no mails, why, and how to change that. */
export function SuppressedView({ suppressed, more, timeZone }: SuppressedViewProps) {
  const [params] = useSearchParams();
  const { search, setSearch, go } = useListAddress(params.get('search') ?? '');
  const [text, setText] = useState('');
  const [lost, setLost] = useState(false);
  const fetcher = useFetcher<EmailsAnswer>();
  const answer = fetcher.state === 'submitting' ? undefined : fetcher.data;
  useEffect(() => {
    if (!answer?.ok) return;
    toast(answer.message);
    setText('');
  }, [answer]);
  const submit = (body: Record<string, string>): void => {
    fetcher.submit(body, { method: 'post', encType: 'application/json' });
  };
  return (
    <BlockStack>
      <Box padding="400">
        <BlockStack gap="400">
          {answer?.ok === false ? <Banner tone="critical">{answer.message}</Banner> : null}
          {lost ? <Banner tone="critical">The file could not be made. Try again in a moment.</Banner> : null}
          <Text as="p">
            Addresses whose mails came back, who marked one as spam or who asked for none. Nothing is sent to them.
          </Text>
          <TextField
            label="Add addresses"
            helpText="One a line, or pasted from a CSV file with the address in the first column."
            multiline={3}
            maxHeight={160}
            value={text}
            onChange={setText}
            autoComplete="off"
          />
          <InlineStack gap="200">
            <Button
              disabled={text.trim() === '' || fetcher.state !== 'idle'}
              onClick={() => {
                submit({ intent: 'suppress', text });
              }}
            >
              Add
            </Button>
            <Button
              onClick={() => {
                setLost(false);
                saveFile('/emails/suppressed/csv', 'addresses-without-mails.csv').catch(() => {
                  setLost(true);
                });
              }}
            >
              Save as CSV
            </Button>
          </InlineStack>
          <TextField
            label="Find an address"
            value={search}
            onChange={setSearch}
            autoComplete="off"
            clearButton
            onClearButtonClick={() => {
              setSearch('');
            }}
          />
        </BlockStack>
      </Box>
      {suppressed.length === 0 ? (
        <EmptyState heading={search === '' ? 'Everybody gets mails' : 'Not on the list'} image="">
          <p>{search === '' ? 'No address is on the list.' : 'Mails to this address are not held back.'}</p>
        </EmptyState>
      ) : (
        <ul className="activity-rows">
          {suppressed.map(({ emailHash, address, reason, detail, createdAt }) => (
            <li key={emailHash} className="activity-row">
              <InlineStack align="space-between" blockAlign="center" gap="200">
                <BlockStack>
                  <Text as="span" fontWeight="semibold" breakWord>
                    {address ?? 'An erased customer'}
                  </Text>
                  <Text as="span" tone="subdued" breakWord>
                    {suppressionWords[reason]} · {formatMoment(createdAt, timeZone)}
                    {detail ? ` · ${detail}` : ''}
                  </Text>
                </BlockStack>
                <Button
                  accessibilityLabel={`Allow mails to ${address ?? 'this address'} again`}
                  disabled={fetcher.state !== 'idle'}
                  onClick={() => {
                    submit({ intent: 'allow', hash: emailHash });
                  }}
                >
                  Allow again
                </Button>
              </InlineStack>
            </li>
          ))}
        </ul>
      )}
      {more ? (
        <Box padding="400">
          <Button
            onClick={() => {
              const last = suppressed.at(-1);
              if (last) go({ after: `${String(last.createdAt.getTime())}.${last.emailHash}` });
            }}
          >
            Older
          </Button>
        </Box>
      ) : null}
    </BlockStack>
  );
}
