import { BlockStack, Button, FormLayout, InlineError, InlineStack, Select, Tag, TextField } from '@shopify/polaris';
import { useId } from 'react';
import type { RuleTarget } from '#app/domains/recommendations/index.ts';
import type { PlatformWords } from '#app/platforms/platform.ts';
import { pickCollections, pickProducts } from '../../ui/product-picker.ts';
import { targetNames } from '../../ui/rules/rule-words.ts';
import type { TargetText } from './rule-form.ts';

interface TargetFieldsProps {
  readonly label: string;
  readonly target: TargetText;
  readonly onChange: (target: TargetText) => void;
  /** where the schema says what is wrong: "target" or "condition" */
  readonly path: string;
  readonly errorOf: (path: string) => string | undefined;
  readonly currency: string;
  readonly words: PlatformWords;
}

const problem = (message: string | undefined): { error?: string } => (message === undefined ? {} : { error: message });

/** Which products a rule is about. */
export function TargetFields({ label, target, onChange, path, errorOf, currency, words }: TargetFieldsProps) {
  const id = useId();
  const { kind } = target;
  const choose = async (): Promise<void> => {
    const current = target.chosen.map((one) => one.id);
    const picked =
      kind === 'collections'
        ? (await pickCollections(current))?.map((one) => ({ id: one.collectionId, title: one.title }))
        : (await pickProducts(current.map((productId) => ({ productId, variantId: null }))))?.map((one) => ({
            id: one.productId,
            title: one.title,
          }));
    if (picked) onChange({ ...target, chosen: [...new Map(picked.map((one) => [one.id, one])).values()] });
  };
  const names = targetNames(words);
  const several = kind === 'collections' ? words.collections : 'products';
  const band = kind === 'price' ? currency : kind === 'margin' ? '%' : 'units';
  const chosenError = errorOf(`${path}.ids`) ?? errorOf(path);
  return (
    <BlockStack gap="300">
      <Select
        label={label}
        options={Object.entries(names).map(([value, text]) => ({ value, label: text }))}
        value={kind}
        onChange={(value) => {
          onChange({ ...target, kind: value as RuleTarget['kind'], chosen: [] });
        }}
      />
      {kind === 'products' || kind === 'collections' ? (
        <BlockStack gap="200">
          <InlineStack gap="200" blockAlign="center">
            {target.chosen.map((one) => (
              <Tag
                key={one.id}
                onRemove={() => {
                  onChange({ ...target, chosen: target.chosen.filter((other) => other.id !== one.id) });
                }}
              >
                {one.title}
              </Tag>
            ))}
            <Button id={id} onClick={() => void choose()} accessibilityLabel={`Choose ${several}: ${label}`}>
              {`Choose ${several}`}
            </Button>
          </InlineStack>
          {chosenError === undefined ? null : (
            <div data-field-error tabIndex={-1}>
              <InlineError message={chosenError} fieldID={id} />
            </div>
          )}
        </BlockStack>
      ) : null}
      {kind === 'tags' || kind === 'vendors' || kind === 'types' ? (
        <TextField
          label={`${names[kind]}, one a line`}
          multiline={3}
          value={target.names}
          onChange={(names) => {
            onChange({ ...target, names });
          }}
          autoComplete="off"
          {...problem(errorOf(`${path}.names`))}
        />
      ) : null}
      {kind === 'price' || kind === 'stock' || kind === 'margin' ? (
        <FormLayout>
          <FormLayout.Group condensed>
            {(['from', 'to'] as const).map((end) => (
              <TextField
                key={end}
                label={end === 'from' ? 'From' : 'Up to'}
                inputMode="decimal"
                suffix={band}
                value={target[end]}
                onChange={(text) => {
                  onChange({ ...target, [end]: text });
                }}
                helpText="Empty is open"
                autoComplete="off"
                {...problem(errorOf(`${path}.${end}`))}
              />
            ))}
          </FormLayout.Group>
        </FormLayout>
      ) : null}
      {kind === 'all' && errorOf(path) !== undefined ? (
        <InlineError message={errorOf(path) ?? ''} fieldID={id} />
      ) : null}
    </BlockStack>
  );
}
