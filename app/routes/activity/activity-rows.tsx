import { Badge, Button, InlineStack, Text } from '@shopify/polaris';
import type { Run } from '#app/domains/activity/index.ts';
import type { DeliveryNote } from '#app/domains/inbox/index.ts';
import { formatAge, formatCount, formatMoment, formatPlural } from '../../ui/format.ts';
import { RunProgress } from '../../ui/runs/run-progress.tsx';
import { durationWords, kindWords, refusalWords, resultWords, statusLooks } from '../../ui/runs/run-words.ts';
import { DataFile } from './data-file.tsx';
import { topicWords } from './topic-words.ts';

interface RowProps {
  readonly now: Date;
  readonly timeZone: string;
  readonly busy: boolean;
  readonly onRetry: () => void;
}

/** One piece of work, with its progress, its outcome or what went wrong. */
export function RunRow({ run, now, timeZone, busy, onRetry }: RowProps & { run: Run }) {
  if (run.status === 'queued' || run.status === 'running') {
    return (
      <li className="activity-row">
        <RunProgress run={run} />
      </li>
    );
  }
  const took =
    run.startedAt && run.finishedAt ? `took ${durationWords(run.finishedAt.getTime() - run.startedAt.getTime())}` : '';
  const refused = refusalWords(run.result);
  return (
    <li className="activity-row">
      <Line
        title={kindWords(run.kind)}
        status={run.status}
        at={run.finishedAt ?? run.createdAt}
        now={now}
        timeZone={timeZone}
      />
      <Text as="p" tone="subdued">
        {[resultWords(run.result), took, run.attempts > 1 ? formatPlural(run.attempts, 'try', 'tries') : '']
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {run.status === 'failed' ? (
        <Failed error={run.error} busy={busy} onRetry={onRetry} name={kindWords(run.kind)} />
      ) : null}
      {refused === '' ? null : (
        <Text as="p" tone="critical" breakWord>
          {refused}
        </Text>
      )}
      {run.kind === 'data-request' && run.status === 'succeeded' ? <DataFile run={run} /> : null}
    </li>
  );
}

/** One message from the store. */
export function DeliveryRow({ note, now, timeZone, busy, onRetry }: RowProps & { note: DeliveryNote }) {
  return (
    <li className="activity-row">
      <Line title={topicWords(note.topic)} status={note.status} at={note.receivedAt} now={now} timeZone={timeZone} />
      <Text as="p" tone="subdued">
        {[note.topic, note.attempts > 1 ? `${formatCount(note.attempts)} tries` : ''].filter(Boolean).join(' · ')}
      </Text>
      {note.status === 'failed' ? (
        <Failed error={note.error} busy={busy} onRetry={onRetry} name={topicWords(note.topic)} />
      ) : null}
    </li>
  );
}

function Line({
  title,
  status,
  at,
  now,
  timeZone,
}: {
  title: string;
  status: keyof typeof statusLooks;
  at: Date;
  now: Date;
  timeZone: string;
}) {
  const look = statusLooks[status];
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="bodyMd" fontWeight="semibold">
          {title}
        </Text>
        <Badge tone={look.tone}>{look.text}</Badge>
      </InlineStack>
      <Text as="span" tone="subdued">
        <time dateTime={at.toISOString()} title={formatMoment(at, timeZone)}>
          {formatAge(at, now)}
        </time>
      </Text>
    </InlineStack>
  );
}

function Failed({
  error,
  busy,
  onRetry,
  name,
}: {
  error: string | null;
  busy: boolean;
  onRetry: () => void;
  name: string;
}) {
  return (
    <InlineStack align="space-between" blockAlign="center" gap="300">
      <Text as="p" tone="critical" breakWord>
        {error ?? 'It stopped without saying why.'}
      </Text>
      <Button onClick={onRetry} disabled={busy} accessibilityLabel={`Try again: ${name}`}>
        Try again
      </Button>
    </InlineStack>
  );
}
