import { Badge, BlockStack, InlineStack, Link, Text } from '@shopify/polaris';
import type { TopicId } from '#app/domains/notifications/index.ts';
import { formatCount } from '../../ui/format.ts';
import { topicWords } from './mail-words.ts';

export interface TemplateRow {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly topic: TopicId;
  readonly active: boolean;
  /** within 30 days */
  readonly sent: number;
  readonly unsent: number;
}

/** Each kind of mail with when it is sent and how many were. */
export function TemplatesView({ templates }: { templates: readonly TemplateRow[] }) {
  return (
    <ul className="activity-rows">
      {templates.map(({ id, title, when, topic, active, sent, unsent }) => (
        <li key={id} className="activity-row">
          <InlineStack align="space-between" blockAlign="start" gap="300">
            <BlockStack gap="050">
              {/* Without a value of its own it inherits the outer one's. */}
              <InlineStack align="start" gap="200" blockAlign="center">
                <Link url={`/emails/${id}`} monochrome removeUnderline>
                  <Text as="span" fontWeight="semibold">
                    {title}
                  </Text>
                </Link>
                <Badge {...(topic === 'offers' ? { tone: 'attention' as const } : {})}>{topicWords[topic].name}</Badge>
                {active ? null : <Badge tone="critical">Off</Badge>}
              </InlineStack>
              <Text as="span">{when}</Text>
              <Text as="span" tone="subdued">
                {topicWords[topic].rule}
              </Text>
            </BlockStack>
            <Text as="span" tone="subdued" numeric>
              {formatCount(sent)} sent, {formatCount(unsent)} not, in 30 days
            </Text>
          </InlineStack>
        </li>
      ))}
    </ul>
  );
}
