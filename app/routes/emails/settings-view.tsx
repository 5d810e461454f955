import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Box, Checkbox, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { Language, MailSettings } from '#app/domains/notifications/index.ts';
import { toast } from '../../ui/app-bridge.ts';
import { SaveForm } from '../../ui/save-form.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { checkMailForm, type MailForm, toMailForm, toMailSettings } from './mail-form.ts';
import { languageNames } from './mail-words.ts';
import type { EmailsAnswer } from './route.tsx';

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

interface MailSettingsViewProps {
  readonly initial: MailSettings;
  readonly shopName: string;
  /** the store's own; null where it does not tell, or mails are not written in it */
  readonly storeLanguage: Language | null;
}

/** How mails look, in which language they are, and when none is sent. */
export function MailSettingsView({ initial, shopName, storeLanguage }: MailSettingsViewProps) {
  const first = toMailForm(initial);
  const [form, setForm] = useState(first);
  const saver = useFetcher<EmailsAnswer>();
  const answer = saver.state === 'submitting' ? undefined : saver.data;
  const dirty = useUnsaved(JSON.stringify(form), JSON.stringify(first), {
    submitting: saver.state === 'submitting',
    taken: answer?.ok === true,
  });
  const problems = checkMailForm(form);
  useEffect(() => {
    if (answer?.ok) toast(answer.message);
  }, [answer]);
  const set = (part: Partial<MailForm>): void => {
    setForm({ ...form, ...part });
  };
  const save = (): void => {
    if (Object.keys(problems).length > 0) {
      document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    saver.submit(
      { intent: 'settings', settings: toMailSettings(form) },
      { method: 'post', encType: 'application/json' },
    );
  };
  const field = (
    name: Exclude<keyof MailForm, 'language' | 'quiet' | 'capped' | 'from' | 'to'>,
    label: string,
    helpText: string,
    more: { multiline?: number; placeholder?: string } = {},
  ) => (
    <TextField
      label={label}
      helpText={helpText}
      value={form[name]}
      onChange={(value) => {
        set({ [name]: value });
      }}
      autoComplete="off"
      {...more}
      {...(problems[name] === undefined ? {} : { error: problems[name] })}
    />
  );
  return (
    <Box padding="400">
      <SaveForm
        id="emails-save-bar"
        dirty={dirty}
        saving={saver.state === 'submitting'}
        onSave={save}
        onDiscard={() => {
          setForm(first);
        }}
      >
        <BlockStack gap="400">
          {answer?.ok === false ? <Banner tone="critical">{answer.message}</Banner> : null}
          <Text as="h2" variant="headingMd">
            Look
          </Text>
          {field('senderName', 'Sender name', 'What customers see as the sender.', { placeholder: shopName })}
          {field('replyTo', 'Replies go to', 'Empty: replies go to the address that mails come from.')}
          {field(
            'logoUrl',
            'Address of your logo',
            'A picture on the internet, shown 40 pixels high. Empty: your name as text.',
          )}
          <InlineStack gap="400">
            {field('colour', 'Colour of buttons and links', 'Such as #1A1A1A.')}
            {field('background', 'Colour behind the mail', 'Such as #F4F4F4.')}
          </InlineStack>
          {field('footerAddress', 'Your postal address', 'Below each e-mail. Most countries require it in marketing.', {
            multiline: 3,
          })}
          <Text as="h2" variant="headingMd">
            Language
          </Text>
          <Select
            label="Language where your store does not tell one"
            helpText="For customers whose language is not known, or is none of these."
            options={[
              {
                value: '',
                label:
                  storeLanguage === null ? 'Usual: English' : `As your store itself: ${languageNames[storeLanguage]}`,
              },
              ...Object.entries(languageNames).map(([value, label]) => ({ value, label })),
            ]}
            value={form.language}
            onChange={(language) => {
              set({ language });
            }}
          />
          <Text as="h2" variant="headingMd">
            Quiet hours
          </Text>
          <Checkbox
            label="Send nothing at night that can wait"
            helpText="By the clock where the customer lives, else by your store’s."
            checked={form.quiet}
            onChange={(quiet) => {
              set({ quiet });
            }}
          />
          {form.quiet ? (
            <InlineStack gap="400">
              <Select label="From" options={hours} value={form.from} onChange={(from) => set({ from })} />
              <Select label="Until" options={hours} value={form.to} onChange={(to) => set({ to })} />
            </InlineStack>
          ) : null}
          <Text as="h2" variant="headingMd">
            Cap
          </Text>
          <Checkbox
            label="Limit how many e-mails one customer gets"
            helpText="Counts marketing, points and referrals together. What is too much waits. Marketing that would be out of date by then is not sent; points and referrals go a day before that. What a customer asked for always goes."
            checked={form.capped}
            onChange={(capped) => {
              set({ capped });
            }}
          />
          {form.capped ? (
            <InlineStack gap="400">
              {field('mails', 'E-mails', 'At most so many')}
              {field('days', 'Within days', 'Any so many days in a row')}
            </InlineStack>
          ) : null}
        </BlockStack>
      </SaveForm>
    </Box>
  );
}
