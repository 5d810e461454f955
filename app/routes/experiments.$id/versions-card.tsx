import { BlockStack, Button, Card, InlineGrid, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { ShareBars } from '../../ui/charts/share-bars.tsx';
import { formatBps } from '../../ui/format.ts';
import { armName, sourceWords } from './experiment-words.ts';
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
import type { FormEditor } from './use-experiment-form.ts';

const kindWords: Readonly<Record<VersionForm['kind'], string>> = {
  title: 'Another title',
  source: 'Another list first',
  hide: 'Not shown at all',
};

const problem = (message: string | undefined): { error?: string } => (message === undefined ? {} : { error: message });

/** The versions that are compared, and how visitors are shared among them. */
export function VersionsCard({ editor }: { editor: FormEditor }) {
  const { form, set, errorOf } = editor;
  const rest = controlShare(form);
  const arms = toFormInput(form).arms;
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
              ? 'Leave at least 1 % of the visitors to what stands today.'
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
                {version.kind === 'title' ? (
                  <TextField
                    label={`Title of version ${name}`}
                    value={version.title}
                    onChange={(title) => {
                      change(index, { title });
                    }}
                    maxLength={formLimits.heading}
                    autoComplete="off"
                    {...problem(errorOf(`${field}.change.title`))}
                  />
                ) : null}
                {version.kind === 'source' ? (
                  <Select
                    label={`List of version ${name}`}
                    options={Object.entries(sourceWords).map(([value, label]) => ({ value, label }))}
                    value={version.source}
                    onChange={(source) => {
                      change(index, { source: source as VersionForm['source'] });
                    }}
                    {...problem(errorOf(`${field}.change.source`))}
                  />
                ) : null}
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
              set(addVersion(form));
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
