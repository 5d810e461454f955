import { Banner, BlockStack, Card, Checkbox, ChoiceList, FormLayout, Page, Select, TextField } from '@shopify/polaris';
import { SaveForm } from '../../ui/save-form.tsx';
import type { PlatformWords } from '#app/platforms/platform.ts';
import { actionWords, type RuleAction, surfaceNames } from '../../ui/rules/rule-words.ts';
import { ownSaving, type RuleText, type RuleUnits } from './rule-form.ts';
import { TargetFields } from './target-fields.tsx';
import { useRuleEditor } from './use-rule-editor.ts';

export interface RulePageData {
  readonly id: string | null;
  readonly revision: number;
  readonly form: RuleText;
  readonly units: RuleUnits;
  readonly words: PlatformWords;
  readonly bundles: readonly { readonly id: string; readonly title: string }[];
}

const problem = (message: string | undefined): { error?: string } => (message === undefined ? {} : { error: message });

/** The page on which a rule is made or changed. */
export function RuleEditorPage({ page }: { page: RulePageData }) {
  const editor = useRuleEditor(page.form, page.revision, page.units);
  const { form, change, errorOf } = editor;
  const weighted = form.action === 'boost' || form.action === 'bury';
  const suggests = form.action === 'suggest';
  return (
    <Page
      narrowWidth
      title={page.form.title || 'New rule'}
      backAction={{ content: 'Rules', url: '/recommendations/rules' }}
    >
      <SaveForm
        id="rule-save-bar"
        dirty={editor.dirty}
        saving={editor.saving}
        onSave={editor.save}
        onDiscard={editor.discard}
      >
        <BlockStack gap="400">
          {editor.refusal === null ? null : (
            <Banner tone="critical" title="The rule was not saved">
              <p>{editor.refusal}</p>
            </Banner>
          )}
          <Card>
            <BlockStack gap="400">
              <TextField
                label="Title"
                helpText="Only you see it."
                maxLength={80}
                value={form.title}
                onChange={(title) => {
                  change({ title });
                }}
                autoComplete="off"
                {...problem(errorOf('title'))}
              />
              <ChoiceList
                title="What the rule does"
                choices={Object.entries(actionWords).map(([value, { name, does }]) => ({
                  value,
                  label: name,
                  helpText: does,
                }))}
                selected={[form.action]}
                onChange={([action]) => {
                  change({ action: action as RuleAction });
                }}
              />
              {weighted ? (
                <TextField
                  label={form.action === 'boost' ? 'How much more often' : 'How much less often'}
                  inputMode="numeric"
                  suffix="%"
                  helpText={form.action === 'boost' ? '100% is twice as likely.' : '100% is half as likely.'}
                  value={form.strength}
                  onChange={(strength) => {
                    change({ strength });
                  }}
                  autoComplete="off"
                  {...problem(errorOf('strengthPercent'))}
                />
              ) : null}
            </BlockStack>
          </Card>
          <Card>
            <BlockStack gap="400">
              <TargetFields
                label="Which products"
                target={form.target}
                onChange={(target) => {
                  change({ target });
                }}
                path="target"
                errorOf={errorOf}
                currency={page.units.currency}
                words={page.words}
              />
              {suggests ? null : (
                <Checkbox
                  label="Only beside certain products"
                  checked={form.conditional}
                  onChange={(conditional) => {
                    change({ conditional });
                  }}
                />
              )}
              {form.conditional || suggests ? (
                <TargetFields
                  label="When the cart or the page holds"
                  target={form.condition}
                  onChange={(condition) => {
                    change({ condition });
                  }}
                  path="condition"
                  errorOf={errorOf}
                  currency={page.units.currency}
                  words={page.words}
                />
              ) : null}
              {suggests ? (
                <Select
                  label="With what saving"
                  options={[
                    { value: '', label: 'No saving' },
                    { value: ownSaving, label: 'A percentage off what is suggested' },
                    ...page.bundles.map(({ id, title }) => ({ value: id, label: title })),
                  ]}
                  value={form.bundleId}
                  onChange={(bundleId) => {
                    change({ bundleId });
                  }}
                  helpText="Of your own, or that of a bundle."
                  {...problem(errorOf('bundleId'))}
                />
              ) : null}
              {suggests && form.bundleId === ownSaving ? (
                <TextField
                  label="Percent off"
                  inputMode="decimal"
                  suffix="%"
                  helpText="Taken off at the checkout while the rule is on, never below your margin. It stands among your bundles under the rule's title. Of tags, vendors, types and bands it holds 250 products that can be bought, those that sell best."
                  value={form.saving}
                  onChange={(saving) => {
                    change({ saving });
                  }}
                  autoComplete="off"
                  {...problem(errorOf('savingBps'))}
                />
              ) : null}
            </BlockStack>
          </Card>
          <Card>
            <BlockStack gap="400">
              <ChoiceList
                allowMultiple
                title="Where it holds"
                choices={Object.entries(surfaceNames).map(([value, label]) => ({ value, label }))}
                selected={[...form.surfaces]}
                onChange={(surfaces) => {
                  change({ surfaces: surfaces as RuleText['surfaces'] });
                }}
                {...problem(errorOf('surfaces'))}
              />
              <FormLayout>
                <FormLayout.Group>
                  {(['startsAt', 'endsAt'] as const).map((end) => (
                    <TextField
                      key={end}
                      label={end === 'startsAt' ? 'Starts' : 'Ends'}
                      type="datetime-local"
                      value={form[end]}
                      onChange={(text) => {
                        change({ [end]: text });
                      }}
                      autoComplete="off"
                      {...problem(errorOf(end))}
                    />
                  ))}
                </FormLayout.Group>
              </FormLayout>
              <Checkbox
                label="Switched on"
                checked={form.status === 'on'}
                onChange={(on) => {
                  change({ status: on ? 'on' : 'off' });
                }}
              />
            </BlockStack>
          </Card>
        </BlockStack>
      </SaveForm>
    </Page>
  );
}
