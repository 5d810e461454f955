import { describe, expect, it } from 'vitest';
import { createHeldReader } from './held-reader.ts';
import { createShelf } from './shelf.ts';

const group = { name: 'shop' };

/** A reader over a table in memory whose reads end when the test lets them. */
function readerOver(table: Map<string, string>, missed: number[] = []) {
  const reads: { ids: readonly string[]; end: (error?: Error) => void }[] = [];
  const reader = createHeldReader<typeof group>(
    createShelf(1_000_000),
    (_group, ids) => {
      const rows = new Map(ids.flatMap((id) => (table.has(id) ? [[id, Buffer.from(table.get(id) ?? '')]] : [])));
      const read = Promise.withResolvers<typeof rows>();
      reads.push({ ids, end: (error) => (error ? read.reject(error) : read.resolve(rows)) });
      return read.promise;
    },
    (_group, ids) => missed.push(ids),
  );
  const held = {
    ...reader,
    read: (of: typeof group, ids: readonly string[]) => reader.read(of, ids, (bytes) => bytes.toString()),
  };
  return { held, reads };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a held reader', () => {
  it('reads once what many ask for, together what comes meanwhile, and nothing twice', async () => {
    const { held, reads } = readerOver(new Map(['1', '2', '3', '4', '5'].map((id) => [id, `v${id}`])));
    const asked = [['1', '2'], ['3'], ['2', '4'], ['5', '4', 'none']].map((ids) => held.read(group, ids));
    expect(reads.map((one) => one.ids)).toEqual([['1', '2'], ['3']]);
    reads[0]?.end();
    await settled();
    expect(reads[2]?.ids).toEqual(['4', '5', 'none']);
    for (const read of reads) read.end();
    expect(await Promise.all(asked)).toEqual([
      new Map([
        ['1', 'v1'],
        ['2', 'v2'],
      ]),
      new Map([['3', 'v3']]),
      new Map([
        ['2', 'v2'],
        ['4', 'v4'],
      ]),
      new Map([
        ['5', 'v5'],
        ['4', 'v4'],
      ]),
    ]);
    expect([...(await held.read(group, ['none', '4', '1'])).keys()]).toEqual(['4', '1']);
    expect(reads.length).toBe(3);
  });

  it('does not keep what changed while it was read, nor give it to those who ask after the change', async () => {
    const table = new Map([['1', 'old']]);
    const { held, reads } = readerOver(table);
    const before = held.read(group, ['1']);
    table.set('1', 'new');
    held.forget(group, ['1']);
    const after = held.read(group, ['1']);
    for (const read of reads) read.end();
    expect([(await before).get('1'), (await after).get('1')]).toEqual(['old', 'new']);
    expect((await held.read(group, ['1'])).get('1')).toBe('new');
    table.set('1', 'newer');
    held.forget(group, null);
    const last = held.read(group, ['1']);
    reads.at(-1)?.end();
    expect((await last).get('1')).toBe('newer');
  });

  it('holds what nobody asked for yet, and tells how much of what was asked for was not held', async () => {
    const missed: number[] = [];
    const { held, reads } = readerOver(
      new Map([
        ['1', 'one'],
        ['2', 'two'],
      ]),
      missed,
    );
    const holding = held.hold(group, ['1', '2', 'none']);
    reads[0]?.end();
    await holding;
    expect(await held.read(group, ['2', '1', 'none'])).toEqual(
      new Map([
        ['2', 'two'],
        ['1', 'one'],
      ]),
    );
    const asked = held.read(group, ['1', '3', '4']);
    reads[1]?.end();
    expect(await asked).toEqual(new Map([['1', 'one']]));
    expect([reads.map((one) => one.ids), missed]).toEqual([
      [
        ['1', '2', 'none'],
        ['3', '4'],
      ],
      [2],
    ]);
  });

  it('tells a failure to all who wait, and reads anew for the next', async () => {
    const { held, reads } = readerOver(new Map([['1', 'one']]));
    const asked = [held.read(group, ['1']), held.read(group, ['1'])];
    reads[0]?.end(new Error('the database is away'));
    for (const one of asked) await expect(one).rejects.toThrow('away');
    const next = held.read(group, ['1']);
    reads[1]?.end();
    expect((await next).get('1')).toBe('one');
  });
});
