import { useFetcher } from '@remix-run/react';
import {
  Badge,
  Banner,
  BlockStack,
  Card,
  Checkbox,
  InlineStack,
  Layout,
  Page,
  Text,
  TextField,
} from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { Language, TopicId } from '#app/domains/notifications/index.ts';
import type { MailPreview } from '#app/flows/mail-preview.ts';
import { toast } from '../../ui/app-bridge.ts';
import { SaveForm } from '../../ui/save-form.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { languageNames, topicWords } from '../emails/mail-words.ts';
import { PreviewCard } from './preview-card.tsx';
import type { TemplateAnswer } from './route.tsx';
import { TestCard } from './test-card.tsx';

interface TemplatePageProps {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly topic: TopicId;
  readonly active: boolean;
  readonly language: Language;
  /** the template's own words, by key */
  readonly own: Readonly<Record<string, string>>;
  /** the merchant's in place of them */
  readonly words: Readonly<Record<string, string>>;
  /** languages in which the merchant has words of their own */
  readonly worded: readonly Language[];
  readonly preview: MailPreview | null;
  readonly customer: string | null;
  readonly people: readonly {
    readonly customerId: string;
    readonly firstName: string;
    readonly email: string | null;
  }[];
}

/** What a key holds, as a label: `nextStep` → "Next step". */
const labelOf = (key: string): string => {
  const words = key.replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** One kind of mail: how it looks to whom, its words in each language, a test, and whether it is sent at all. */
export function TemplatePage(props: TemplatePageProps) {
  const { title, when, topic, language, own, words, worded } = props;
  const [active, setActive] = useState(props.active);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({ ...own, ...words });
  const saver = useFetcher<TemplateAnswer>();
  const answer = saver.state === 'submitting' ? undefined : saver.data;
  useEffect(() => {
    if (answer?.ok) toast(answer.message);
  }, [answer]);
  const initial = { ...own, ...words };
  const dirty = useUnsaved(JSON.stringify([active, typed]), JSON.stringify([props.active, initial]), {
    submitting: saver.state === 'submitting',
    taken: answer?.ok === true,
  });
  return (
    <Page
      title={title}
      subtitle={when}
      backAction={{ content: 'E-mails', url: '/emails' }}
      titleMetadata={
        <Badge {...(topic === 'offers' ? { tone: 'attention' as const } : {})}>{topicWords[topic].name}</Badge>
      }
    >
      <Layout>
        <Layout.Section>
          <PreviewCard {...props} />
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <TestCard language={language} />
            <SaveForm
              id="email-save-bar"
              dirty={dirty}
              saving={saver.state === 'submitting'}
              onSave={() => {
                saver.submit(
                  { intent: 'save', active, language, words: typed },
                  { method: 'post', encType: 'application/json' },
                );
              }}
              onDiscard={() => {
                setActive(props.active);
                setTyped(initial);
              }}
            >
              <Card>
                <BlockStack gap="300">
                  {answer?.ok === false ? <Banner tone="critical">{answer.message}</Banner> : null}
                  <Checkbox
                    label="Send this e-mail"
                    helpText={topicWords[topic].rule}
                    checked={active}
                    onChange={setActive}
                  />
                  <InlineStack gap="200" blockAlign="center">
                    <Text as="h2" variant="headingMd">
                      Words
                    </Text>
                    <Text as="span" tone="subdued">
                      {languageNames[language]}
                    </Text>
                  </InlineStack>
                  <Text as="p">
                    {worded.length === 0
                      ? 'No words of your own yet, in any language.'
                      : `Words of your own in: ${worded.map((one) => languageNames[one]).join(', ')}.`}
                  </Text>
                  {worded.length > 0 && !worded.includes(language) ? (
                    <Banner tone="info">
                      <p>
                        {`In ${languageNames[language]} this e-mail says what comes with Trellis. Customers whose language is not known get yours, unless you chose a language under Look and rules.`}
                      </p>
                    </Banner>
                  ) : null}
                  <Text as="p" tone="subdued">
                    Names in braces, such as {'{shop}'}, are filled in. Empty: the words that come with Trellis.
                  </Text>
                  {Object.keys(own).map((key) => (
                    <TextField
                      key={key}
                      label={labelOf(key)}
                      value={typed[key] ?? ''}
                      placeholder={own[key] ?? ''}
                      onChange={(value) => {
                        setTyped({ ...typed, [key]: value });
                      }}
                      autoComplete="off"
                      multiline={(own[key] ?? '').length > 60 ? 2 : 1}
                      maxLength={2000}
                    />
                  ))}
                </BlockStack>
              </Card>
            </SaveForm>
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}
