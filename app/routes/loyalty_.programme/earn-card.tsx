import { BlockStack, Card, Text } from '@shopify/polaris';
import { AddRow } from './add-row.tsx';
import { EarnFields } from './earn-fields.tsx';
import { type EarnRule, earnWords, freeId } from './earn-words.ts';
import { ItemBox } from './item-box.tsx';
import type { CardProps } from './programme-page.tsx';

const kinds = Object.keys(earnWords) as EarnRule['kind'][];

/** Ways to earn points: each can be switched, changed and taken away. */
export function EarnCard(props: CardProps) {
  const { settings, digits, change } = props;
  const { rules } = settings;
  // Only one rule can give points for money.
  const offered = kinds.filter((kind) => kind !== 'amount' || !rules.some((rule) => rule.kind === 'amount'));
  const set = (id: string, next: EarnRule | null): void => {
    change({ rules: rules.flatMap((rule) => (rule.id === id ? (next ?? []) : rule)) });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Ways to earn
        </Text>
        {rules.map((rule) => (
          <ItemBox
            key={rule.id}
            name={earnWords[rule.kind].name}
            about={earnWords[rule.kind].about}
            on={rule.on}
            onSwitch={(on) => {
              set(rule.id, { ...rule, on });
            }}
            onRemove={() => {
              set(rule.id, null);
            }}
          >
            <EarnFields
              {...props}
              rule={rule}
              onChange={(next) => {
                set(rule.id, next);
              }}
            />
          </ItemBox>
        ))}
        <AddRow
          label="Another way to earn"
          first="order"
          kinds={offered.map((value) => ({ value, label: earnWords[value].name }))}
          onAdd={(kind) => {
            const id = freeId(
              kind,
              rules.map((rule) => rule.id),
            );
            change({ rules: [...rules, { ...earnWords[kind].first(10 ** digits), id } as EarnRule] });
          }}
        />
      </BlockStack>
    </Card>
  );
}
