import { expect, test } from 'vitest';
import { type BulkObject, type BulkWindow, groupBulkLines, readLines } from './jsonl.ts';

async function group(lines: readonly object[], window?: BulkWindow) {
  async function* source() {
    for (const line of lines) yield JSON.stringify(line);
  }
  const objects: BulkObject[] = [];
  const reader = groupBulkLines(source(), window);
  for (;;) {
    const step = await reader.next();
    if (step.done) return { objects, late: step.value.late };
    objects.push(step.value);
  }
}

const parent = (id: number) => ({ id: `p${id}` });
const child = (id: number, of: number) => ({ id: `c${id}`, __parentId: `p${of}` });

test('children go to their parent, before or after it', async () => {
  const { objects, late } = await group([child(1, 1), parent(1), parent(2), child(2, 1), child(3, 2)]);
  expect(objects.map((object) => [object.id, object.children.map((line) => line['id'])])).toEqual([
    ['p1', ['c1', 'c2']],
    ['p2', ['c3']],
  ]);
  expect(late).toEqual([]);
});

test('a child that comes after its parent left the window is told, not lost', async () => {
  const { objects, late } = await group([parent(1), parent(2), parent(3), child(1, 1)], { roots: 2, orphans: 10 });
  expect(objects).toHaveLength(3);
  expect(late).toEqual(['p1']);
});

test('too many children without a parent are told as well', async () => {
  const { late } = await group([child(1, 1), child(2, 2), child(3, 3), parent(1)], { roots: 2, orphans: 2 });
  expect([...late].sort()).toEqual(['p1', 'p2', 'p3']);
});

test('lines and characters cut between chunks stay whole', async () => {
  const bytes = Buffer.from('{"t":"Größe"}\n{"t":"日本"}\n');
  for (let size = 1; size < 8; size += 1) {
    const chunks = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    const lines: string[] = [];
    for await (const line of readLines(chunks())) lines.push(line);
    expect(lines).toEqual(['{"t":"Größe"}', '{"t":"日本"}']);
  }
});
