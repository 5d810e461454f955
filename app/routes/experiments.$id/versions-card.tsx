import { BlockStack, Button, Card, InlineGrid, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { ShareBars } from '../../ui/charts/share-bars.tsx';
import { formatBps } from '../../ui/format.ts';
import { armName, objectiveWords, placeWords, sourceWords } from './experiment-words.ts';
import {
  addVersion,
  controlShare,
  formLimits,
  kindsOf,
  removeVersion,
  toFormInput,
  type VersionForm,
  withEvenShares,
} from './form-state.ts';
import type { PricedBundle, Subjects } from './subject-options.ts';
import type { FormEditor } from './use-experiment-form.ts';
import { VersionValues } from './version-values.tsx';

const kindWords: Readonly<Record<VersionForm['kind'], string>> = {
  title: 'Another title',
  source: 'Another list first',
  objective: 'Chosen for something else',
  place: 'Another place',
  values: 'Another price',
  hide: 'Not shown at all',
};

const problem = (message: string | undefined): { error?: string } => (message === undefined ? {} : { error: message });

interface ChangeFieldProps {
  readonly version: VersionForm;
  readonly name: string;
  readonly field: string;
  readonly editor: FormEditor;
  /** the bundle whose price is tested */
  readonly priced: PricedBundle | undefined;
  readonly onChange: (part: Partial<VersionForm>) => void;
}

/** The field of what a version changes; nothing where there is nothing to say. */
function ChangeField({ version, name, field, editor, priced, onChange }: ChangeFieldProps) {
  const { errorOf } = editor;
  const choice = <K extends 'source' | 'objective' | 'place'>(
    kind: K,
    label: string,
    words: Record<VersionForm[K], string>,
  ) => (
    <Select
      label={`${label} of version ${name}`}
      options={Object.entries<string>(words).map(([value, text]) => ({ value, label: text }))}
      value={version[kind]}
      onChange={(value) => {
        onChange({ [kind]: value });
      }}
      {...problem(errorOf(`${field}.${kind}`))}
    />
  );
  switch (version.kind) {
    case 'hide':
      return null;
    case 'title':
      return (
        <TextField
          label={`Title of version ${name}`}
          value={version.title}
          onChange={(title) => {
            onChange({ title });
          }}
          maxLength={formLimits.heading}
          autoComplete="off"
          {...problem(errorOf(`${field}.title`))}
        />
      );
    case 'source':
      return choice('source', 'List', sourceWords);
    case 'objective':
      return choice('objective', 'Aim', objectiveWords);
    case 'place':
      return choice('place', 'Place', placeWords);
    case 'values':
      return (
        <VersionValues
          name={name}
          field={`${field}.values`}
          values={version.values}
          priced={priced}
          editor={editor}
          onChange={(values) => {
            onChange({ values });
          }}
        />
      );
  }
}

/** The versions that are compared, and how visitors are shared among them. */
export function VersionsCard({ editor, priced }: { editor: FormEditor } & Pick<Subjects, 'priced'>) {
  const { form, set, errorOf } = editor;
  const rest = controlShare(form);
  const arms = toFormInput(form, editor.currency).arms;
  const change = (at: number, part: Partial<VersionForm>): void => {
    set({
      ...form,
      versions: form.versions.map((version, index) => (index === at ? { ...version, ...part } : version)),
    });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          Versions
        </Text>
        <BlockStack gap="100">
          <Text as="h3" variant="bodyMd" fontWeight="semibold">
            Version A: as it is today
          </Text>
          <Text as="p" tone={errorOf('arms.0.share') ? 'critical' : 'subdued'}>
            {errorOf('arms.0.share')
              ? 'Leave at least 1% of the visitors to what stands today.'
              : `Seen by the other ${Number.isNaN(rest) ? '…' : formatBps(rest)} of the visitors.`}
          </Text>
        </BlockStack>
        {form.versions.map((version, index) => {
          const name = armName(arms[index + 1]?.key ?? '');
          const field = `arms.${String(index + 1)}`;
          return (
            <BlockStack key={index} gap="200">
              <InlineStack align="space-between" blockAlign="center">
                <Text as="h3" variant="bodyMd" fontWeight="semibold">
                  {`Version ${name}`}
                </Text>
                {form.versions.length > 1 ? (
                  <Button
                    variant="plain"
                    tone="critical"
                    accessibilityLabel={`Remove version ${name}`}
                    onClick={() => {
                      set(removeVersion(form, index));
                    }}
                  >
                    Remove
                  </Button>
                ) : null}
              </InlineStack>
              <InlineGrid columns={{ xs: 1, sm: ['oneThird', 'oneThird', 'oneThird'] }} gap="300">
                <Select
                  label={`What version ${name} changes`}
                  options={kindsOf(form.subject).map((value) => ({ value, label: kindWords[value] }))}
                  value={version.kind}
                  onChange={(kind) => {
                    change(index, { kind: kind as VersionForm['kind'] });
                  }}
                  {...problem(errorOf(`${field}.change`))}
                />
                <ChangeField
                  version={version}
                  name={name}
                  field={`${field}.change`}
                  editor={editor}
                  priced={priced[form.subject.replace(/^price:/, '')]}
                  onChange={(part) => {
                    change(index, part);
                  }}
                />
                <TextField
                  label={`Share of version ${name}`}
                  value={version.share}
                  onChange={(share) => {
                    change(index, { share });
                  }}
                  inputMode="decimal"
                  suffix="%"
                  autoComplete="off"
                  {...problem(errorOf(`${field}.share`))}
                />
              </InlineGrid>
            </BlockStack>
          );
        })}
        <InlineStack gap="300">
          <Button
            disabled={form.versions.length >= formLimits.versions}
            onClick={() => {
              set(addVersion(form, priced, editor.currency));
            }}
          >
            Add version
          </Button>
          <Button
            onClick={() => {
              set(withEvenShares(form));
            }}
          >
            Share evenly
          </Button>
        </InlineStack>
        {arms.every(({ share }) => share > 0) ? (
          <ShareBars
            title="Share of the visitors"
            of={10_000}
            bars={arms.map(({ key, share }) => ({
              label: `Version ${armName(key)}`,
              value: share,
              text: formatBps(share),
            }))}
          />
        ) : null}
      </BlockStack>
    </Card>
  );
}
