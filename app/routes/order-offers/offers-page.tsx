import { useFetcher } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Card,
  Checkbox,
  FormLayout,
  Layout,
  Link,
  Page,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { ExampleProduct } from '#app/flows/order-offer-settings.ts';
import { toast } from '../../ui/app-bridge.ts';
import { hasNotice, StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { checkoutSettings } from '../../ui/use-editor-link.ts';
import { SaveForm } from '../../ui/save-form.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { useTouched } from '../../ui/use-touched.ts';
import { checkOffers, discountOf, type OffersField, type OffersForm, toOfferSettings } from './offers-form.ts';
import { PreviewCard } from './preview-card.tsx';
import type { OffersAnswer } from './route.tsx';

interface OffersPageProps {
  readonly form: OffersForm;
  readonly examples: readonly ExampleProduct[];
  readonly currency: string;
  readonly standing: StoreStanding;
  /** the store can show what is set here */
  readonly shown: boolean;
  /** the merchant places the block; else it stands by itself */
  readonly themeEditor: boolean;
}

/** What shoppers are offered on the thank-you page and on the order status page. */
export function OffersPage({ form: initial, examples, currency, standing, shown, themeEditor }: OffersPageProps) {
  const [form, setForm] = useState(initial);
  const touched = useTouched<OffersField>();
  const [tried, setTried] = useState(false);
  const saver = useFetcher<OffersAnswer>();
  const problems = checkOffers(form);
  const answer = saver.state === 'submitting' ? undefined : saver.data;
  const dirty = useUnsaved(JSON.stringify(form), JSON.stringify(initial), {
    submitting: saver.state === 'submitting',
    taken: answer?.ok === true,
  });
  useEffect(() => {
    if (answer?.ok) toast('Saved');
  }, [answer]);

  const save = (): void => {
    setTried(true);
    const settings = toOfferSettings(form);
    if (settings) saver.submit({ ...settings }, { method: 'post', encType: 'application/json' });
    else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  const field = (name: OffersField, label: string, helpText: string, suffix?: string) => {
    const problem = tried || touched.has(name) ? problems[name] : undefined;
    return (
      <TextField
        label={label}
        helpText={helpText}
        inputMode="decimal"
        {...(suffix === undefined ? {} : { suffix })}
        value={form[name]}
        onChange={(text) => {
          setForm({ ...form, [name]: text });
        }}
        onBlur={() => {
          touched.touch(name);
        }}
        autoComplete="off"
        {...(problem === undefined ? {} : { error: problem })}
      />
    );
  };

  return (
    <Page title="After purchase">
      <SaveForm
        id="order-offers-save-bar"
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
          {shown || standing.lacks !== null ? null : (
            <Layout.Section>
              <Banner tone="info" title="Your store cannot show this yet">
                What you set here is kept, and works as soon as your store can show suggestions after an order.
              </Banner>
            </Layout.Section>
          )}
          {answer?.ok === false ? (
            <Layout.Section>
              <Banner tone="critical" title="The offer was not saved">
                <p>{answer.message}</p>
              </Banner>
            </Layout.Section>
          ) : null}
          <Layout.Section>
            <BlockStack gap="400">
              <Card>
                <BlockStack gap="400">
                  <Checkbox
                    label="Suggest products after a purchase"
                    helpText="Up to three products that go with the order, on the thank-you page and on the order status page. Nothing that was just bought and nothing sold out."
                    checked={form.active}
                    onChange={(active) => {
                      setForm({ ...form, active });
                    }}
                  />
                  {field(
                    'discount',
                    'Discount on the suggested products',
                    'A code for one order, which meets no other discount of goods. 0 shows the products at their price.',
                    '%',
                  )}
                  <FormLayout>
                    <FormLayout.Group condensed>
                      {field('time', 'Can be used for', 'From the order on.')}
                      <Select
                        label="Unit"
                        options={[
                          { label: 'hours', value: 'hours' },
                          { label: 'days', value: 'days' },
                        ]}
                        value={form.unit}
                        onChange={(unit) => {
                          setForm({ ...form, unit: unit === 'days' ? 'days' : 'hours' });
                        }}
                      />
                    </FormLayout.Group>
                  </FormLayout>
                </BlockStack>
              </Card>
              {shown && themeEditor ? <WhereCard /> : null}
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <PreviewCard
              active={form.active}
              discountBps={discountOf(form) ?? 0}
              examples={examples}
              currency={currency}
            />
          </Layout.Section>
        </Layout>
      </SaveForm>
    </Page>
  );
}

/** Where the merchant adds the block. */
function WhereCard() {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">
          Show it in your store
        </Text>
        <Text as="p">
          In the checkout settings open the editor with “Customize”, choose the page “Thank you” or “Order status”, and
          add the block “Points and suggestions”.
        </Text>
        <Link url={checkoutSettings}>Open the checkout settings</Link>
      </BlockStack>
    </Card>
  );
}
