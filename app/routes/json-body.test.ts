import { expect, it } from 'vitest';
import { readJson } from './json-body.server.ts';

/** A body that comes piece by piece, without a word of how long it will be. */
function chunked(pieces: number) {
  let asked = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        asked += 1;
        if (asked > pieces) controller.close();
        else controller.enqueue(new TextEncoder().encode('[0]'.padEnd(50_000)));
      },
    },
    { highWaterMark: 0 },
  );
  const request = new Request('http://127.0.0.1/', { method: 'POST', body, duplex: 'half' });
  return { request, asked: () => asked };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Response ? error.status : error),
  );

it('stops reading a body of unknown length at the limit', async () => {
  const { request, asked } = chunked(1000);
  expect(await refusal(readJson(request))).toBe(413);
  expect(asked()).toBeLessThanOrEqual(6);
});

it('reads what is within the limit', async () => {
  expect(await readJson(chunked(1).request)).toEqual([0]);
});

it('counts bytes, not characters', async () => {
  const text = JSON.stringify('ä'.repeat(100_001));
  expect(await refusal(readJson(new Request('http://127.0.0.1/', { method: 'POST', body: text })))).toBe(413);
});
