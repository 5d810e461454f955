import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, List, Page, ProgressBar, Text } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { formatCount } from '../../ui/format.ts';
import { addReports, nothing, piecesOf } from './pieces.ts';
import type { ImportAnswer } from './route.tsx';

interface Work {
  /** one for each piece, so that a piece that is sent again changes nothing */
  readonly ids: readonly string[];
  readonly pieces: readonly string[];
  readonly dry: boolean;
  readonly done: number;
  readonly report: typeof nothing;
}

/** Points that customers have in another app come over: first it is said what would happen, then it is done. */
export function ImportPage() {
  const sender = useFetcher<ImportAnswer>();
  const [work, setWork] = useState<Work | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { data: answer, state } = sender;
  const taken = useRef<ImportAnswer | null>(null);
  const busy = work !== null && work.done < work.pieces.length && problem === null;

  const begin = (next: Work): void => {
    setWork(next);
    send(sender, next);
  };
  useEffect(() => {
    // Each answer is taken once, however often the page is drawn.
    if (state !== 'idle' || answer === undefined || answer === taken.current || work === null) return;
    taken.current = answer;
    if (!answer.ok) {
      setProblem(answer.message);
      return;
    }
    const next = { ...work, done: work.done + 1, report: addReports(work.report, answer.report) };
    setWork(next);
    if (next.done < next.pieces.length) send(sender, next);
  }, [state, answer, work, sender]);

  const finished = work !== null && work.done === work.pieces.length;
  return (
    <Page title="Bring balances" backAction={{ content: 'Members', url: '/loyalty/members' }}>
      <Card>
        <BlockStack gap="400">
          <Text as="p">
            Choose a CSV file that your former loyalty app exported. It needs a column with e-mail addresses or customer
            numbers, and one with points. Addresses are compared and not kept.
          </Text>
          <label>
            <Text as="span" fontWeight="semibold">
              File
            </Text>{' '}
            <input
              type="file"
              accept=".csv,text/csv"
              disabled={busy}
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                if (!file) return;
                setProblem(null);
                void file.text().then((text) => {
                  const pieces = piecesOf(text);
                  const ids = pieces.map(() => crypto.randomUUID());
                  begin({ ids, pieces, dry: true, done: 0, report: nothing });
                });
              }}
            />
          </label>
          {problem === null ? null : <Banner tone="critical" title={problem} />}
          {busy ? (
            <div role="status">
              <ProgressBar progress={Math.floor((work.done * 100) / work.pieces.length)} size="small" />
            </div>
          ) : null}
          {finished && problem === null ? <Found work={work} /> : null}
          {finished && work.dry && work.report.customers > 0 && problem === null ? (
            <InlineStack>
              <Button
                variant="primary"
                onClick={() => {
                  begin({ ...work, dry: false, done: 0, report: nothing });
                }}
              >
                Give the points
              </Button>
            </InlineStack>
          ) : null}
        </BlockStack>
      </Card>
    </Page>
  );
}

/** Sends the next piece. */
function send({ submit }: Pick<ReturnType<typeof useFetcher>, 'submit'>, { ids, dry, pieces, done }: Work): void {
  const [importId, text] = [ids[done] ?? '', pieces[done] ?? ''];
  submit({ importId, dry, text }, { method: 'post', encType: 'application/json' });
}

function Found({ work: { dry, report } }: { readonly work: Work }) {
  const title = dry
    ? `${formatCount(report.points)} points for ${formatCount(report.customers)} customers would come over`
    : `${formatCount(report.given)} customers have their points`;
  return (
    <Banner tone={dry ? 'info' : 'success'} title={title}>
      <List>
        {report.before > 0 ? <List.Item>{formatCount(report.before)} had them from this file before</List.Item> : null}
        {report.unknown > 0 ? (
          <List.Item>{formatCount(report.unknown)} lines name customers whom the store does not have</List.Item>
        ) : null}
        {report.empty > 0 ? <List.Item>{formatCount(report.empty)} lines have no points</List.Item> : null}
        {report.unreadable > 0 ? <List.Item>{formatCount(report.unreadable)} lines could not be read</List.Item> : null}
      </List>
    </Banner>
  );
}
