import { Badge, BlockStack, Card, InlineStack, Link, SkeletonBodyText, Spinner, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useEditorLink } from '../../ui/use-editor-link.ts';
import type { ThemeBlocks } from '../../ui/use-theme-blocks.ts';

/** Whether our blocks are live in the theme. */
export function BlocksCard({ theme }: { theme: ThemeBlocks }) {
  const editorLink = useEditorLink();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          In your theme
        </Text>
        {theme.state === 'asking' ? <SkeletonBodyText lines={3} /> : null}
        {theme.state === 'unknown' ? (
          <Text as="p" tone="subdued">
            The admin does not say which blocks are live. Look into the theme editor.
          </Text>
        ) : null}
        {theme.state === 'known' ? (
          <BlockStack gap="200" as="ul">
            {theme.blocks.map((block) => (
              <li key={block.handle} className="plain-item">
                <InlineStack align="space-between" gap="200">
                  <Text as="span">{block.name}</Text>
                  <Badge tone={block.live ? 'success' : 'attention'}>{block.live ? 'Live' : 'Not added'}</Badge>
                </InlineStack>
              </li>
            ))}
          </BlockStack>
        ) : null}
        <Link url={editorLink('bundle')}>Open the theme editor</Link>
      </BlockStack>
    </Card>
  );
}

/** Where blocks of ours stand in the store by themselves. */
export function OwnBlocksCard() {
  return (
    <StoreCard>
      <Text as="p" tone="subdued">
        Suggestions and bundles stand on your product and cart pages by themselves. Where each of them shows, you choose
        on the page of Trellis in your store’s admin; blocks and shortcodes put them anywhere else. There you also
        choose how visitors are asked whether they may be counted: until then nobody is.
      </Text>
    </StoreCard>
  );
}

/** Where it is not known yet whether our blocks can be shown. */
export function UnknownBlocksCard() {
  return (
    <StoreCard>
      <InlineStack gap="200" blockAlign="center" wrap={false}>
        <Spinner size="small" />
        <Text as="span" tone="subdued">
          Trellis looks what your store can show.
        </Text>
      </InlineStack>
    </StoreCard>
  );
}

/** Where nothing of ours can be shown. */
export function NoBlocksCard() {
  return (
    <StoreCard>
      <Text as="p" tone="subdued">
        Shoppers see nothing of Trellis yet: your store cannot show its blocks or its prices. What Trellis learns is
        kept with your products and is there when it can.
      </Text>
    </StoreCard>
  );
}

function StoreCard({ children }: { children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          In your store
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}
