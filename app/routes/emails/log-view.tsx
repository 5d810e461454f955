import { useFetcher, useSearchParams } from '@remix-run/react';
import {
  Badge,
  Banner,
  BlockStack,
  Box,
  Button,
  EmptyState,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useEffect } from 'react';
import type { LogRow } from '#app/flows/mail-log.ts';
import { toast } from '../../ui/app-bridge.ts';
import { formatAge, formatMoment } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { useListAddress } from '../../ui/use-list-address.ts';
import { causeSentence, languageNames, reasonSentence, stateLooks } from './mail-words.ts';
import type { EmailsAnswer } from './route.tsx';
import type { TemplateRow } from './templates-view.tsx';

interface LogViewProps {
  readonly mails: readonly LogRow[];
  readonly templates: readonly TemplateRow[];
  readonly more: boolean;
  readonly timeZone: string;
  readonly now: Date;
}

/** Each mail with what became of it and why. */
export function LogView({ mails, templates, more, timeZone, now }: LogViewProps) {
  const [params] = useSearchParams();
  const [state, template] = [params.get('state') ?? '', params.get('template') ?? ''];
  const { search, setSearch, go, loading } = useListAddress(params.get('search') ?? '');
  const again = useFetcher<EmailsAnswer>();
  const answer = again.data;
  useEffect(() => {
    if (answer?.ok) toast(answer.message);
  }, [answer]);
  const filtered = search !== '' || state !== '' || template !== '';
  return (
    <BlockStack>
      <Box padding="400">
        <BlockStack gap="300">
          {answer?.ok === false ? <Banner tone="critical">{answer.message}</Banner> : null}
          <InlineStack gap="300" blockAlign="end">
            <TextField
              label="E-mail address or customer ID"
              value={search}
              onChange={setSearch}
              autoComplete="off"
              clearButton
              onClearButtonClick={() => {
                setSearch('');
              }}
            />
            <Select
              label="Outcome"
              options={[
                { value: '', label: 'All' },
                ...(['waiting', 'sent', 'skipped', 'failed', 'unsure'] as const).map((value) => ({
                  value,
                  label: stateLooks[value].text,
                })),
              ]}
              value={state}
              onChange={(value) => {
                go({ state: value, before: '' });
              }}
            />
            <Select
              label="Kind"
              options={[
                { value: '', label: 'All' },
                ...templates.map(({ id, title }) => ({ value: id, label: title })),
              ]}
              value={template}
              onChange={(value) => {
                go({ template: value, before: '' });
              }}
            />
          </InlineStack>
        </BlockStack>
      </Box>
      {mails.length === 0 ? (
        <EmptyState heading={filtered ? 'No such e-mails' : 'No e-mails yet'} image="">
          <p>{filtered ? 'Try another search.' : 'Each one appears here, with the reason why it was sent or not.'}</p>
        </EmptyState>
      ) : (
        <ul className="activity-rows" aria-busy={loading}>
          {mails.map((mail) => {
            const look = stateLooks[mail.state];
            const at = mail.settledAt ?? mail.requestedAt;
            return (
              <li key={mail.id} className="activity-row">
                <InlineStack align="space-between" blockAlign="center" gap="200">
                  <InlineStack gap="200" blockAlign="center">
                    <Text as="h3" variant="bodyMd" fontWeight="semibold">
                      {mail.title}
                    </Text>
                    <Badge {...(look.tone ? { tone: look.tone } : {})}>{look.text}</Badge>
                  </InlineStack>
                  <Text as="span" tone="subdued">
                    <time dateTime={at.toISOString()} title={formatMoment(at, timeZone)}>
                      {formatAge(at, now)}
                    </time>
                  </Text>
                </InlineStack>
                <Text as="p" breakWord>
                  {mail.address ?? (mail.customerId ? `Customer ${mail.customerId}` : 'Forgotten recipient')}
                  {mail.language ? ` · ${languageNames[mail.language]}` : ''}
                </Text>
                <InlineStack align="space-between" blockAlign="center" gap="200">
                  <Text as="p" tone="subdued" breakWord>
                    {causeSentence(mail)} {reasonSentence(mail, timeZone)}
                  </Text>
                  {mail.state === 'failed' || mail.state === 'unsure' ? (
                    <Button
                      accessibilityLabel={`Send again: ${mail.title}`}
                      disabled={again.state !== 'idle'}
                      onClick={() => {
                        again.submit(
                          { intent: 'send-again', id: mail.id },
                          { method: 'post', encType: 'application/json' },
                        );
                      }}
                    >
                      Send again
                    </Button>
                  ) : null}
                </InlineStack>
              </li>
            );
          })}
        </ul>
      )}
      {mails.length > 0 ? (
        <Box padding="400">
          <Button
            onClick={() => {
              void saveFile(
                `/emails/csv?${new URLSearchParams({ search, state, template }).toString()}`,
                'e-mails.csv',
              );
            }}
          >
            Save as CSV
          </Button>
        </Box>
      ) : null}
      {more ? (
        <Box padding="400">
          <Button
            onClick={() => {
              go({ before: mails.at(-1)?.id ?? '' });
            }}
          >
            Older
          </Button>
        </Box>
      ) : null}
    </BlockStack>
  );
}
