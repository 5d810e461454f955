import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, List, Page, ProgressBar, Text } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { formatCount, formatPlural } from '../../ui/format.ts';
import { addReports, decodeFile, nothing, type Piece, piecesOf } from './pieces.ts';
import { notesOf, refusedWords, titleOf } from './import-words.ts';
import type { ImportAnswer } from './route.tsx';

interface Work {
  readonly pieces: readonly Piece[];
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
    const next = { ...work, done: work.done + 1, report: addReports(work.report, answer.report, skippedOf(work)) };
    setWork(next);
    if (next.done < next.pieces.length) send(sender, next);
  }, [state, answer, work, sender]);

  const finished = work !== null && work.done === work.pieces.length;
  return (
    <Page title="Bring balances" backAction={{ content: 'Members', url: '/loyalty/members' }}>
      <Card>
        <BlockStack gap="400">
          <Text as="p">
            Choose the CSV file that your former loyalty app exported. It needs a column with e-mail addresses or the
            store’s customer numbers, and one with points. Addresses are compared and not kept.
          </Text>
          <Text as="p" tone="subdued">
            Exports of Smile.io, LoyaltyLion, Yotpo, Rivo, BON, Growave, myCred, YITH, WPLoyalty and Points and Rewards
            are read as they are, divided by commas, semicolons or tabs.
          </Text>
          <label>
            <Text as="span" fontWeight="semibold">
              File
            </Text>{' '}
            <input
              type="file"
              accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
              disabled={busy}
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                if (!file) return;
                setProblem(null);
                void file.arrayBuffer().then((bytes) => {
                  const pieces = piecesOf(decodeFile(new Uint8Array(bytes)));
                  begin({ pieces, dry: true, done: 0, report: nothing });
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
function send({ submit }: Pick<ReturnType<typeof useFetcher>, 'submit'>, { dry, pieces, done }: Work): void {
  submit({ dry, text: pieces[done]?.text ?? '' }, { method: 'post', encType: 'application/json' });
}

/** Lines of the file before those of the piece that was just read. */
const skippedOf = ({ pieces, done }: Work): number => pieces[done]?.skipped ?? 0;

function Found({ work: { dry, report } }: { readonly work: Work }) {
  const { refused, refusedLines } = report;
  return (
    <BlockStack gap="400">
      <Banner tone={dry ? 'info' : 'success'} title={titleOf(report, dry)}>
        <List>
          {notesOf(report).map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      </Banner>
      {refused > 0 ? (
        <Banner tone="warning" title={`${formatPlural(refused, 'line')} left out`}>
          <Text as="p">
            Put them right in a file of their own: of a file that was changed everybody has the points again.
          </Text>
          <List>
            {refusedLines.map((one) => (
              <List.Item key={one.line}>{refusedWords(one)}</List.Item>
            ))}
            {refused > refusedLines.length ? (
              <List.Item>and {formatCount(refused - refusedLines.length)} more</List.Item>
            ) : null}
          </List>
        </Banner>
      ) : null}
    </BlockStack>
  );
}
