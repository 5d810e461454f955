import { Link } from '@remix-run/react';
import { Badge, Button, ButtonGroup, InlineStack, Modal, Text } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState } from 'react';
import { actionWords, phaseLooks } from '../../ui/rules/rule-words.ts';
import type { RuleRow } from './rules-page.tsx';

interface RuleListProps {
  readonly rules: readonly RuleRow[];
  readonly busy: boolean;
  readonly send: (change: Record<string, unknown>) => void;
}

/** The rules in the order in which they are followed. Moving one keeps the focus on it. */
export function RuleList({ rules, busy, send }: RuleListProps) {
  const [asking, setAsking] = useState<RuleRow | null>(null);
  const moved = useRef<string | null>(null);
  useEffect(() => {
    if (busy || moved.current === null) return;
    const button = [...document.querySelectorAll<HTMLButtonElement>(`[data-rule="${moved.current}"] button`)].find(
      (one) => !one.disabled && one.id.startsWith('move-'),
    );
    if (document.activeElement === document.body) button?.focus();
    moved.current = null;
  }, [busy, rules]);
  const move = (index: number, by: 1 | -1): void => {
    const ids = rules.map(({ id }) => id);
    const [id] = ids.splice(index, 1);
    if (id === undefined) return;
    ids.splice(index + by, 0, id);
    moved.current = id;
    send({ intent: 'order', ids });
  };
  return (
    <>
      <ol className="rule-rows">
        {rules.map((rule, index) => (
          <li key={rule.id} className="rule-row" data-rule={rule.id}>
            <div className="bundle-row-words">
              <InlineStack gap="200" blockAlign="center">
                <Link className="row-link" to={`/recommendations/rules/${rule.id}`}>
                  {rule.title}
                </Link>
                <Badge>{actionWords[rule.action].name}</Badge>
                <Badge tone={phaseLooks[rule.phase].tone}>{phaseLooks[rule.phase].text}</Badge>
              </InlineStack>
              <Text as="span" tone="subdued" breakWord>
                {rule.sentence}
              </Text>
            </div>
            <InlineStack gap="200" blockAlign="center">
              <Button
                disabled={busy}
                accessibilityLabel={`Switch ${rule.title} ${rule.status === 'on' ? 'off' : 'on'}`}
                onClick={() => {
                  send({
                    intent: 'status',
                    id: rule.id,
                    revision: rule.revision,
                    status: rule.status === 'on' ? 'off' : 'on',
                  });
                }}
              >
                {rule.status === 'on' ? 'Switch off' : 'Switch on'}
              </Button>
              <ButtonGroup variant="segmented">
                <Button
                  id={`move-${rule.id}-up`}
                  icon={ArrowUpIcon}
                  accessibilityLabel={`Move ${rule.title} up`}
                  disabled={index === 0 || busy}
                  onClick={() => {
                    move(index, -1);
                  }}
                />
                <Button
                  id={`move-${rule.id}-down`}
                  icon={ArrowDownIcon}
                  accessibilityLabel={`Move ${rule.title} down`}
                  disabled={index === rules.length - 1 || busy}
                  onClick={() => {
                    move(index, 1);
                  }}
                />
                <Button
                  icon={DeleteIcon}
                  accessibilityLabel={`Delete ${rule.title}`}
                  disabled={busy}
                  onClick={() => {
                    setAsking(rule);
                  }}
                />
              </ButtonGroup>
            </InlineStack>
          </li>
        ))}
      </ol>
      <Modal
        open={asking !== null}
        onClose={() => {
          setAsking(null);
        }}
        title={`Delete “${asking?.title ?? ''}”?`}
        primaryAction={{
          content: 'Delete',
          destructive: true,
          onAction: () => {
            if (asking) send({ intent: 'delete', id: asking.id });
            setAsking(null);
          },
        }}
        secondaryActions={[
          {
            content: 'Cancel',
            onAction: () => {
              setAsking(null);
            },
          },
        ]}
      >
        <Modal.Section>
          <Text as="p">
            Suggestions go back to what Trellis learnt. Switch the rule off instead to keep it for later.
          </Text>
        </Modal.Section>
      </Modal>
    </>
  );
}
