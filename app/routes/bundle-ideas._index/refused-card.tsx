import { Link } from '@remix-run/react';
import { BlockStack, Button, Card, Collapsible, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { formatPlural } from '../../ui/format.ts';
import type { IdeaRow } from '../../ui/ideas/idea-row.ts';
import { refusalWords } from '../../ui/ideas/idea-words.ts';

/** What was found and is not proposed, with the reason of each: folded away until somebody asks. */
export function RefusedCard({ refused }: { refused: readonly IdeaRow[] }) {
  const [open, setOpen] = useState(false);
  if (refused.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingSm">
            {`Not proposed: ${formatPlural(refused.length, 'pattern')}`}
          </Text>
          <Button
            variant="plain"
            disclosure={open ? 'up' : 'down'}
            ariaExpanded={open}
            ariaControls="refused-ideas"
            onClick={() => {
              setOpen(!open);
            }}
          >
            {open ? 'Hide the reasons' : 'Show the reasons'}
          </Button>
        </InlineStack>
        <Collapsible id="refused-ideas" open={open}>
          <ul className="refused-ideas">
            {refused.map(({ id, title, refusal }) => (
              <li key={id}>
                <Link to={`/bundle-ideas/${id}`} className="row-link">
                  {title}
                </Link>
                <Text as="p" tone="subdued">
                  {refusal ? refusalWords[refusal][1] : ''}
                </Text>
              </li>
            ))}
          </ul>
        </Collapsible>
      </BlockStack>
    </Card>
  );
}
