import { useFetcher } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Card,
  Checkbox,
  FormLayout,
  Layout,
  Page,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { Assumptions, Simulation } from '#app/domains/referrals/index.ts';
import { toast } from '../../ui/app-bridge.ts';
import { SaveForm } from '../../ui/save-form.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { checkProgramme, heldOutOf, type ProgrammeForm, toTerms } from './programme-form.ts';
import type { ProgrammeAnswer } from './route.tsx';
import { RewardField, TiersCard } from './tiers-card.tsx';
import { SimulationCard } from './simulation-card.tsx';

interface ProgrammePageProps {
  readonly form: ProgrammeForm;
  readonly simulation: Simulation;
  readonly assumed: Assumptions;
  readonly currency: string;
  readonly storeCredit: boolean;
  readonly standing: StoreStanding;
}

/** What friends and advocates get, what counts, and what it would have cost. */
export function ProgrammePage({
  form: initial,
  simulation,
  assumed,
  currency,
  storeCredit,
  standing,
}: ProgrammePageProps) {
  const [form, setForm] = useState(initial);
  const [tried, setTried] = useState(false);
  const saver = useFetcher<ProgrammeAnswer>();
  const problems = checkProgramme(form, currency);
  const answer = saver.state === 'submitting' ? undefined : saver.data;
  const dirty = useUnsaved(JSON.stringify(form), JSON.stringify(initial), {
    submitting: saver.state === 'submitting',
    taken: answer?.ok === true,
  });
  useEffect(() => {
    if (answer?.ok) toast('Saved');
  }, [answer]);
  const set = (part: Partial<ProgrammeForm>): void => {
    setForm({ ...form, ...part });
  };
  const save = (): void => {
    setTried(true);
    const terms = toTerms(form, currency);
    if (terms)
      saver.submit(JSON.stringify({ active: form.active, terms, holdoutBps: heldOutOf(form) }), {
        method: 'post',
        encType: 'application/json',
      });
    else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  const text = (
    name: 'offerAmount' | 'minOrder' | 'waitDays' | 'linkDays' | 'monthlyLimit' | 'reviewDays' | 'heldOut',
    label: string,
    helpText: string,
    suffix = '',
  ) => {
    const problem = tried ? problems[name] : undefined;
    return (
      <TextField
        label={label}
        helpText={helpText}
        inputMode="decimal"
        autoComplete="off"
        suffix={suffix}
        value={form[name]}
        onChange={(value) => {
          set({ [name]: value });
        }}
        {...(problem === undefined ? {} : { error: problem })}
      />
    );
  };
  const offered = form.offerType === 'percentage' || form.offerType === 'amount';
  return (
    <Page title="Referral programme" backAction={{ content: 'Referrals', url: '/referrals' }}>
      <SaveForm
        id="referrals-save-bar"
        dirty={dirty}
        saving={saver.state === 'submitting'}
        onSave={save}
        onDiscard={() => {
          setForm(initial);
          setTried(false);
        }}
      >
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <StoreNotice standing={standing} />
              {answer?.ok === false ? (
                <Banner tone="critical" title="The programme was not saved">
                  <p>{answer.message}</p>
                </Banner>
              ) : null}
              <Card>
                <BlockStack gap="400">
                  <Checkbox
                    label="Customers can recommend the store"
                    helpText="Each customer gets a link and a code of their own."
                    checked={form.active}
                    onChange={(active) => {
                      set({ active });
                    }}
                  />
                  <FormLayout>
                    <FormLayout.Group condensed>
                      <Select
                        label="A friend gets"
                        options={[
                          { value: 'percentage', label: 'a percentage' },
                          { value: 'amount', label: 'an amount off' },
                          { value: 'free-shipping', label: 'free shipping' },
                          { value: 'none', label: 'nothing' },
                        ]}
                        value={form.offerType}
                        onChange={(value) => {
                          set({ offerType: value as ProgrammeForm['offerType'] });
                        }}
                      />
                      {offered
                        ? text(
                            'offerAmount',
                            'How much',
                            'Off the first order.',
                            form.offerType === 'percentage' ? '%' : currency,
                          )
                        : null}
                    </FormLayout.Group>
                    {text(
                      'minOrder',
                      'Smallest order that counts',
                      'Goods after discounts and refunds. Empty: any.',
                      currency,
                    )}
                  </FormLayout>
                </BlockStack>
              </Card>
              <TiersCard
                form={form}
                problems={tried ? problems : {}}
                currency={currency}
                storeCredit={storeCredit}
                onChange={set}
              />
              <Card>
                <BlockStack gap="400">
                  <Text as="h2" variant="headingSm">
                    When and whom it pays
                  </Text>
                  <FormLayout>
                    <FormLayout.Group condensed>
                      {text('waitDays', 'Rewards wait for', 'Your return window: until then they are pending.', 'days')}
                      {text('linkDays', 'A link counts for', 'From the day it was opened.', 'days')}
                    </FormLayout.Group>
                    <Select
                      label="Friends who live with the advocate"
                      helpText="They share an address but not the name or the mailbox. That is no fraud."
                      options={[
                        { value: 'pay', label: 'count like everybody' },
                        { value: 'credit', label: 'bring the smaller reward below' },
                        { value: 'hold', label: 'wait for my decision' },
                      ]}
                      value={form.household}
                      onChange={(value) => {
                        set({ household: value as ProgrammeForm['household'] });
                      }}
                    />
                    <RewardField
                      label="Smaller reward"
                      help="For those friends where you chose so, and where you decide “Pay in credit”."
                      reward={form.creditReward}
                      problem={tried ? problems['creditReward'] : undefined}
                      currency={currency}
                      storeCredit={storeCredit}
                      onChange={(creditReward) => {
                        set({ creditReward });
                      }}
                    />
                    <FormLayout.Group condensed>
                      {text(
                        'monthlyLimit',
                        'Friends in 30 days before I am asked',
                        'Of one advocate. Empty: no limit.',
                      )}
                      <Select
                        label="If I do not decide"
                        options={[
                          { value: 'wait', label: 'it waits' },
                          { value: 'deny', label: 'it is denied' },
                          { value: 'pay', label: 'it is paid' },
                        ]}
                        value={form.afterReview}
                        onChange={(value) => {
                          set({ afterReview: value as ProgrammeForm['afterReview'] });
                        }}
                      />
                      {form.afterReview === 'wait' ? null : text('reviewDays', 'after', 'From the order on.', 'days')}
                    </FormLayout.Group>
                    {text(
                      'heldOut',
                      'Customers who are not asked, for the measurement',
                      'They see neither link nor reward, so that you can tell what referrals earn. 5% is a good start. Who has a link keeps it.',
                      '%',
                    )}
                  </FormLayout>
                </BlockStack>
              </Card>
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <SimulationCard
              initial={simulation}
              assumed={assumed}
              terms={toTerms(form, currency)}
              currency={currency}
            />
          </Layout.Section>
        </Layout>
      </SaveForm>
    </Page>
  );
}
