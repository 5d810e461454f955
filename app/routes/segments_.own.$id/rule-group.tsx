import { BlockStack, Box, Button, InlineStack, Select, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import type { ConditionForm, RuleGroup } from '#app/domains/segments/index.ts';
import { FieldInput, type FieldWorld } from './field-input.tsx';
import {
  emptyCondition,
  emptyGroup,
  type FormCondition,
  type FormGroup,
  type FormRule,
  isFormGroup,
  withPart,
} from './form-rule.ts';

export interface GroupWorld extends FieldWorld {
  readonly forms: readonly ConditionForm[];
  readonly errorOf: (path: string) => string | undefined;
  /** conditions that may still be added */
  readonly room: number;
}

interface RuleGroupFieldsProps {
  readonly group: FormGroup;
  readonly onChange: (group: FormGroup) => void;
  /** null = the outermost, which stays */
  readonly onRemove: (() => void) | null;
  /** groups that may still be put into this one */
  readonly depth: number;
  /** where the schema says what is wrong */
  readonly path: string;
  readonly world: GroupWorld;
}

const matches = [
  { value: 'all', label: 'all of these' },
  { value: 'any', label: 'any of these' },
  { value: 'none', label: 'none of these' },
];

/** Conditions, and groups of them, that customers meet all, any or none of. */
export function RuleGroupFields({ group, onChange, onRemove, depth, path, world }: RuleGroupFieldsProps) {
  const replace = (key: string, part: FormRule | null): void => {
    onChange(withPart(group, key, part));
  };
  const add = (rule: FormRule): void => {
    onChange({ ...group, of: [...group.of, rule] });
  };
  const titles = Map.groupBy(world.forms, (form) => form.group);
  const first = world.forms[0];
  return (
    <fieldset className="condition-group">
      <legend className="condition-legend">{onRemove === null ? 'Conditions' : 'Group of conditions'}</legend>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center" align="space-between">
          <Select
            label="Customers meet"
            labelInline
            options={matches}
            value={group.match}
            onChange={(match) => {
              onChange({ ...group, match: match as RuleGroup['match'] });
            }}
          />
          {onRemove === null ? null : (
            <Button variant="tertiary" icon={DeleteIcon} accessibilityLabel="Remove this group" onClick={onRemove} />
          )}
        </InlineStack>
        {group.of.map((part, nth) =>
          isFormGroup(part) ? (
            <RuleGroupFields
              key={part.key}
              group={part}
              onChange={(changed) => {
                replace(part.key, changed);
              }}
              onRemove={() => {
                replace(part.key, null);
              }}
              depth={depth - 1}
              path={`${path}.of.${String(nth)}`}
              world={world}
            />
          ) : (
            <ConditionRow
              key={part.key}
              condition={part}
              onChange={(changed) => {
                replace(part.key, changed);
              }}
              path={`${path}.of.${String(nth)}.values`}
              world={world}
            />
          ),
        )}
        {world.errorOf(`${path}.of`) === undefined ? null : (
          <div data-field-error tabIndex={-1}>
            <Text as="p" tone="critical">
              Add a condition here, or remove the group.
            </Text>
          </div>
        )}
        {world.room < 1 ? (
          <Text as="p" tone="subdued">
            A segment takes no more conditions.
          </Text>
        ) : (
          <InlineStack gap="200" blockAlign="end">
            <Select
              label="Add a condition"
              placeholder="Choose …"
              options={[...titles].map(([title, forms]) => ({
                title,
                options: forms.map(({ kind, title: label }) => ({ value: kind, label })),
              }))}
              value=""
              onChange={(kind) => {
                const form = world.forms.find((one) => one.kind === kind);
                if (form) add(emptyCondition(form));
              }}
            />
            {depth > 1 && first ? (
              <Button
                onClick={() => {
                  add(emptyGroup([emptyCondition(first)]));
                }}
              >
                Add a group
              </Button>
            ) : null}
          </InlineStack>
        )}
      </BlockStack>
    </fieldset>
  );
}

interface ConditionRowProps {
  readonly condition: FormCondition;
  readonly onChange: (condition: FormCondition | null) => void;
  readonly path: string;
  readonly world: GroupWorld;
}

function ConditionRow({ condition, onChange, path, world }: ConditionRowProps) {
  const form = world.forms.find(({ kind }) => kind === condition.kind);
  const title = form?.title ?? condition.kind;
  return (
    <div className="condition-row" role="group" aria-label={title}>
      <Box>
        <Text as="p" fontWeight="medium">
          {title}
        </Text>
      </Box>
      <div className="condition-fields">
        {form?.fields.map(({ name, look }) => (
          <FieldInput
            key={name}
            look={look}
            value={condition.values[name]}
            onChange={(value) => {
              onChange({ ...condition, values: { ...condition.values, [name]: value } });
            }}
            error={world.errorOf(`${path}.${name}`) === undefined ? undefined : 'Not filled in yet'}
            world={world}
          />
        ))}
      </div>
      <Button
        variant="tertiary"
        icon={DeleteIcon}
        accessibilityLabel={`Remove ${title}`}
        onClick={() => {
          onChange(null);
        }}
      />
    </div>
  );
}
