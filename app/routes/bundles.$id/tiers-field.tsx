import { BlockStack, Button, ButtonGroup, InlineError, InlineStack, Text, TextField } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon, PlusIcon } from '@shopify/polaris-icons';
import { type ReactNode, useEffect, useRef } from 'react';
import { emptyTier } from './empty-tier.ts';
import { problem } from './fields.tsx';
import type { EditorTier } from './form-state.ts';
import type { Editor } from './use-editor.ts';

/** As many as the checkout's configuration takes. */
const mostTiers = 8;

interface TiersFieldProps {
  readonly editor: Editor;
  readonly title: string;
  /** what a tier begins at: its label, the schema's name for it, and its unit where it is money */
  readonly at: { readonly label: string; readonly path: string; readonly suffix?: string };
  /** the rest of a tier */
  readonly row: (tier: EditorTier, path: string, change: (part: Partial<EditorTier>) => void) => ReactNode;
}

/** Steps that are added, taken away and put into order; all of it works with the keyboard, and the focus stays. */
export function TiersField({ editor, title, at, row }: TiersFieldProps) {
  const { tiers } = editor.form;
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    document.getElementById(wanted.current)?.focus();
    wanted.current = null;
  });
  const setTiers = (next: readonly EditorTier[], focus: string): void => {
    wanted.current = focus;
    editor.change({ tiers: next });
  };
  const move = (index: number, by: 1 | -1): void => {
    const next = [...tiers];
    const [tier] = next.splice(index, 1);
    if (!tier) return;
    next.splice(index + by, 0, tier);
    const to = index + by;
    // At the end of its way the button cannot be pressed any more, so the other one has the focus.
    const edge = by === 1 ? to === next.length - 1 : to === 0;
    setTiers(next, `tier-${tier.key}-${(by === 1) === edge ? 'up' : 'down'}`);
  };
  const add = (): void => {
    const key = String(Math.max(-1, ...tiers.map((tier) => Number(tier.key))) + 1);
    setTiers([...tiers, emptyTier(key)], `tier-${key}-at`);
  };
  const listError = editor.errorOf('terms.tiers');

  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      <ol className="tier-rows">
        {tiers.map((tier, index) => {
          const path = `terms.tiers.${String(index)}`;
          const change = (part: Partial<EditorTier>): void => {
            editor.change({ tiers: tiers.map((other) => (other.key === tier.key ? { ...other, ...part } : other)) });
          };
          const number = String(index + 1);
          return (
            <li key={tier.key} className="tier-row" aria-label={`Step ${number}`}>
              <InlineStack align="space-between" blockAlign="center">
                <Text as="span" fontWeight="semibold">{`Step ${number}`}</Text>
                <ButtonGroup variant="segmented">
                  <Button
                    id={`tier-${tier.key}-up`}
                    icon={ArrowUpIcon}
                    accessibilityLabel={`Move step ${number} up`}
                    disabled={index === 0}
                    onClick={() => {
                      move(index, -1);
                    }}
                  />
                  <Button
                    id={`tier-${tier.key}-down`}
                    icon={ArrowDownIcon}
                    accessibilityLabel={`Move step ${number} down`}
                    disabled={index === tiers.length - 1}
                    onClick={() => {
                      move(index, 1);
                    }}
                  />
                  <Button
                    icon={DeleteIcon}
                    accessibilityLabel={`Remove step ${number}`}
                    disabled={tiers.length === 1}
                    onClick={() => {
                      setTiers(
                        tiers.filter((other) => other.key !== tier.key),
                        'add-tier',
                      );
                    }}
                  />
                </ButtonGroup>
              </InlineStack>
              <TextField
                id={`tier-${tier.key}-at`}
                label={at.label}
                inputMode={at.suffix === undefined ? 'numeric' : 'decimal'}
                value={tier.at}
                onChange={(text) => {
                  change({ at: text });
                }}
                onBlur={() => {
                  editor.touch(`${path}.${at.path}`);
                }}
                {...(at.suffix === undefined ? {} : { suffix: at.suffix })}
                autoComplete="off"
                {...problem(editor.errorOf(`${path}.${at.path}`))}
              />
              {row(tier, path, change)}
            </li>
          );
        })}
      </ol>
      {listError === undefined ? null : (
        <div data-field-error tabIndex={-1}>
          <InlineError message={listError} fieldID="add-tier" />
        </div>
      )}
      <InlineStack>
        <Button id="add-tier" icon={PlusIcon} onClick={add} disabled={tiers.length >= mostTiers}>
          Add step
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
