import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { Language } from '#app/domains/notifications/index.ts';
import { toast } from '../../ui/app-bridge.ts';
import { languageNames } from '../emails/mail-words.ts';
import type { TemplateAnswer } from './route.tsx';

/** Sends the mail with sample data to an address of the merchant's. */
export function TestCard({ language }: { language: Language }) {
  const [address, setAddress] = useState('');
  const sender = useFetcher<TemplateAnswer>();
  const answer = sender.state === 'submitting' ? undefined : sender.data;
  useEffect(() => {
    if (answer?.ok) toast(answer.message);
  }, [answer]);
  const send = (): void => {
    sender.submit(
      { intent: 'test', address: address.trim(), language },
      { method: 'post', encType: 'application/json' },
    );
  };
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Send a test
          </Text>
          {answer?.ok === false ? <Banner tone="critical">{answer.message}</Banner> : null}
          {answer?.ok ? <Banner tone="success">{answer.message}</Banner> : null}
          <TextField
            label="To"
            type="email"
            placeholder="you@example.com"
            helpText={`In ${languageNames[language]}, with sample data.`}
            value={address}
            onChange={setAddress}
            autoComplete="email"
          />
          <Button submit disabled={address.trim() === ''} loading={sender.state === 'submitting'}>
            Send test
          </Button>
        </BlockStack>
      </form>
    </Card>
  );
}
