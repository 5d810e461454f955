import { useFetcher, useLocation } from '@remix-run/react';
import { Banner, BlockStack, Card, Layout, Page, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { toast } from '../../ui/app-bridge.ts';
import { SaveForm } from '../../ui/save-form.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { hasNotice, StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { taxFieldId } from '../../ui/tax-field.ts';
import { useTouched } from '../../ui/use-touched.ts';
import type { SettingsAnswer } from './route.tsx';
import { StackingTable } from './stacking-table.tsx';
import { StoreCard, type StoreFacts } from './store-card.tsx';
import { type SettingsField, type SettingsForm, checkSettings, toSettings } from './settings-form.ts';
import { type TaxFacts, taxWords } from './tax-words.ts';

const percents = {
  holdout: [
    'Share of visitors who see nothing of Trellis',
    'Comparing them with everybody else shows what Trellis really earns. 5 is a good start; 0 turns the measurement off.',
  ],
  minMargin: [
    'Minimum margin',
    'No combination of discounts takes a bundle below this margin. Where it would, the discount gets smaller.',
  ],
  defaultMargin: [
    'Margin where the cost is unknown',
    'Used for products without a cost per item. Enter costs in your products for exact numbers.',
  ],
  taxInPrices: ['Tax that your prices contain', ''],
  codeReserve: [
    'Other codes take up to',
    'The codes of your store are read from it, and bundles and goals leave what they take off. For codes of other apps they leave this much room above the minimum margin.',
  ],
} as const satisfies Record<SettingsField, readonly [string, string]>;

interface SettingsPageProps {
  readonly initial: SettingsForm;
  readonly standing: StoreStanding;
  readonly store: StoreFacts;
  /** what a code takes off is known while bundles are priced */
  readonly codesKnown: boolean;
  readonly tax: TaxFacts;
  /** what codes took off lately, basis points */
  readonly usualCodeBps: number;
}

/** What the merchant decides for the whole store. */
export function SettingsPage({ initial, standing, store, codesKnown, usualCodeBps, tax }: SettingsPageProps) {
  const [form, setForm] = useState(initial);
  const touched = useTouched<SettingsField>();
  const [tried, setTried] = useState(false);
  const saver = useFetcher<SettingsAnswer>();
  const problems = checkSettings(form);
  const answer = saver.state === 'submitting' ? undefined : saver.data;
  const dirty = useUnsaved(JSON.stringify(form), JSON.stringify(initial), {
    submitting: saver.state === 'submitting',
    taken: answer?.ok === true,
  });
  useEffect(() => {
    if (answer?.ok) toast('Settings saved');
  }, [answer]);
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === `#${taxFieldId}`) document.getElementById(taxFieldId)?.focus();
  }, [hash]);

  const save = (): void => {
    setTried(true);
    const settings = toSettings(form);
    if (!settings) {
      document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    saver.submit(settings, { method: 'post', encType: 'application/json' });
  };
  const { help, warn, placeholder } = taxWords(tax, form.taxInPrices);
  const taxField = {
    id: taxFieldId,
    placeholder,
    helpText: warn ? (
      <Text as="span" tone="caution">
        {help}
      </Text>
    ) : (
      help
    ),
  };
  const percentField = (field: SettingsField) => {
    const problem = tried || touched.has(field) ? problems[field] : undefined;
    const [label, helpText] = percents[field];
    return (
      <TextField
        label={label}
        {...(field === 'taxInPrices' ? taxField : { helpText })}
        inputMode="decimal"
        suffix="%"
        value={form[field]}
        {...(field === 'codeReserve' ? { placeholder: String(usualCodeBps / 100) } : {})}
        onChange={(text) => {
          setForm({ ...form, [field]: text });
        }}
        onBlur={() => {
          touched.touch(field);
        }}
        autoComplete="off"
        {...(problem === undefined ? {} : { error: problem })}
      />
    );
  };

  return (
    <Page title="Settings">
      <SaveForm
        id="settings-save-bar"
        className="settings-form"
        dirty={dirty}
        saving={saver.state === 'submitting'}
        onSave={save}
        onDiscard={() => {
          setForm(initial);
          setTried(false);
          touched.reset();
        }}
      >
        <Layout>
          {hasNotice(standing) ? (
            <Layout.Section>
              <StoreNotice standing={standing} />
            </Layout.Section>
          ) : null}
          {answer?.ok === false ? (
            <Layout.Section>
              <Banner tone="critical" title="The settings were not saved">
                <p>{answer.message}</p>
              </Banner>
            </Layout.Section>
          ) : null}
          <Layout.AnnotatedSection title="Measurement" description="How Trellis finds out what it earns for you.">
            <Card>{percentField('holdout')}</Card>
          </Layout.AnnotatedSection>
          <Layout.AnnotatedSection title="Margin" description="What is left of a price after the cost of the product.">
            <Card>
              <BlockStack gap="400">
                {percentField('minMargin')}
                {percentField('defaultMargin')}
                {percentField('taxInPrices')}
              </BlockStack>
            </Card>
          </Layout.AnnotatedSection>
          <Layout.AnnotatedSection
            title="Combining discounts"
            description="Which discounts a shopper may use in one cart: bundles and cart goals, your codes, and codes for members and rewards. Of discounts that may not meet, the shopper gets the better one."
          >
            <Card>
              <BlockStack gap="400">
                <StackingTable
                  stacks={form.stacks}
                  onChange={(pair, stands) => {
                    setForm({ ...form, stacks: { ...form.stacks, [pair]: stands } });
                  }}
                />
                {codesKnown ? (
                  <Text as="p" tone="subdued">
                    In a cart with a code of yours, bundles and goals take off only what the minimum margin leaves
                    beside it.
                  </Text>
                ) : (
                  percentField('codeReserve')
                )}
              </BlockStack>
            </Card>
          </Layout.AnnotatedSection>
          {store.leave ? (
            <Layout.AnnotatedSection title="Your store" description="The connection between your store and Trellis.">
              <StoreCard store={store} />
            </Layout.AnnotatedSection>
          ) : null}
        </Layout>
      </SaveForm>
    </Page>
  );
}
