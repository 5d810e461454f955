import {
  Banner,
  BlockStack,
  Card,
  FormLayout,
  Layout,
  Page,
  Select,
  SkeletonBodyText,
  Text,
  TextField,
} from '@shopify/polaris';
import type { ReactNode } from 'react';
import { formatCount, formatPlural } from '../../ui/format.ts';
import { SaveForm } from '../../ui/save-form.tsx';
import type { PlanAnswer } from '../experiments.plan.ts';
import { type ExperimentForm, withSubject } from './form-state.ts';
import { subjectOptions, type Subjects } from './subject-options.ts';
import { type FormEditor, useExperimentForm } from './use-experiment-form.ts';
import { VersionsCard } from './versions-card.tsx';

interface FormPageProps extends Subjects {
  readonly id: string | null;
  readonly initial: ExperimentForm;
  /** what can be done to a stored draft */
  readonly actions?: readonly { content: string; destructive?: boolean; disabled?: boolean; onAction: () => void }[];
  readonly onStart?: () => void;
  readonly children?: ReactNode;
}

const problem = (message: string | undefined): { error?: string } => (message === undefined ? {} : { error: message });

/** The page on which an experiment is made or, while it is a draft, changed. Mounted anew for each stored state. */
export function ExperimentFormPage({ id, initial, actions = [], onStart, children, ...subjects }: FormPageProps) {
  const editor = useExperimentForm(initial, id, subjects.currency);
  const { form, set, errorOf } = editor;
  return (
    <Page
      title={initial.title === '' ? 'New experiment' : initial.title}
      backAction={{ content: 'Experiments', url: '/experiments' }}
      secondaryActions={[...actions]}
      {...(onStart
        ? { primaryAction: { content: 'Start', onAction: onStart, disabled: editor.dirty || editor.saving } }
        : {})}
    >
      <SaveForm
        id="experiment-save-bar"
        dirty={editor.dirty}
        saving={editor.saving}
        onSave={editor.save}
        onDiscard={editor.discard}
      >
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              {children}
              {editor.refusal ? (
                <Banner tone="critical" title="The experiment was not saved">
                  <p>{editor.refusal}</p>
                </Banner>
              ) : null}
              <Card>
                <FormLayout>
                  <TextField
                    label="Name"
                    value={form.title}
                    onChange={(title) => {
                      set({ ...form, title });
                    }}
                    helpText="Only you see it."
                    maxLength={80}
                    autoComplete="off"
                    {...problem(errorOf('title'))}
                  />
                  <Select
                    label="What do you want to test?"
                    options={subjectOptions(subjects, initial.subject)}
                    value={form.subject}
                    onChange={(subject) => {
                      set(withSubject(form, subject, subjects.priced, subjects.currency));
                    }}
                    {...problem(errorOf('subject.id'))}
                  />
                </FormLayout>
              </Card>
              <VersionsCard editor={editor} priced={subjects.priced} />
              <Card>
                <BlockStack gap="300">
                  <Text as="h2" variant="headingSm">
                    Visitors
                  </Text>
                  <FormLayout>
                    <FormLayout.Group>
                      <TextField
                        label="Visitors who take part"
                        value={form.traffic}
                        onChange={(traffic) => {
                          set({ ...form, traffic });
                        }}
                        inputMode="decimal"
                        suffix="%"
                        autoComplete="off"
                        helpText="The others see what stands today and are not counted."
                        {...problem(errorOf('trafficBps'))}
                      />
                      <TextField
                        label="Group (optional)"
                        value={form.layer}
                        onChange={(layer) => {
                          set({ ...form, layer });
                        }}
                        autoComplete="off"
                        maxLength={40}
                        helpText="Experiments of one group never share a visitor."
                        {...problem(errorOf('layer'))}
                      />
                    </FormLayout.Group>
                    <Select
                      label="Smallest change that matters to you"
                      options={[...new Set(['5', '10', '20', '50', form.effect])].map((value) => ({
                        value,
                        label: `${value}% of the profit per visitor`,
                      }))}
                      value={form.effect}
                      onChange={(effect) => {
                        set({ ...form, effect });
                      }}
                      {...problem(errorOf('effectBps'))}
                    />
                  </FormLayout>
                </BlockStack>
              </Card>
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <div className="sticky-column">
              <PlanCard answer={editor.plan} planning={editor.planning} />
            </div>
          </Layout.Section>
        </Layout>
      </SaveForm>
    </Page>
  );
}

function PlanCard({ answer, planning }: { answer: PlanAnswer | undefined; planning: FormEditor['planning'] }) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">
          How long it will take
        </Text>
        <div aria-live="polite" aria-busy={planning === 'asking'}>
          {planning === 'failed' ? (
            <Text as="p">The plan could not be made now. It is tried again with your next change.</Text>
          ) : answer === undefined ? (
            <SkeletonBodyText lines={3} />
          ) : (
            <PlanWords answer={answer} />
          )}
        </div>
      </BlockStack>
    </Card>
  );
}

function PlanWords({ answer: { plan } }: { answer: PlanAnswer }) {
  if (!plan) return <Text as="p">Fill in the form, and Trellis plans it from the last four weeks of your store.</Text>;
  if (plan.visitors === null || plan.days === null)
    return (
      <Text as="p">
        In the last four weeks too few visitors who agreed to be counted bought something to plan it. You can start: the
        result is right at any time, it only may take long.
      </Text>
    );
  return (
    <BlockStack gap="200">
      <Text as="p" variant="headingLg">
        {plan.days > 730 ? 'More than two years' : `About ${formatPlural(plan.days, 'day')}`}
      </Text>
      <Text as="p" tone="subdued">
        {`About ${formatPlural(plan.visitors, 'visitor')} are needed and ${formatCount(Math.round(plan.visitorsPerDay))} a day come. A larger change shows earlier.`}
      </Text>
      {plan.days > 90 ? (
        <Text as="p" tone="caution">
          Test something that changes more, take fewer versions, or more visitors.
        </Text>
      ) : null}
    </BlockStack>
  );
}
