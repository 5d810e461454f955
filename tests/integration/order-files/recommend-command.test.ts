import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'recommend-'));
afterAll(() => rmSync(folder, { recursive: true }));

const script = path.join(import.meta.dirname, '../../../scripts/recommend.ts');
const header = 'order_id,customer_id,ordered_at,product_id,product_name,quantity,unit_price,currency,country';
const orders = Array.from({ length: 40 }, (_, k) => {
  const day = `2024-01-${String((k % 28) + 1).padStart(2, '0')}`;
  const pair = k % 2 === 0 ? ['A1', 'B2'] : ['C3', 'D4'];
  return pair.map((item) => `o${k},c${k % 8},${day},${item},Item ${item},1,5.00,EUR,DE`).join('\n');
}).join('\n');

function save(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

function recommend(ordersFile: string, basketsFile: string, surface = 'cart', top = '3') {
  const out = path.join(folder, 'recs.csv');
  const made = spawnSync(
    process.execPath,
    [script, '--orders', ordersFile, '--for', basketsFile, '--surface', surface, '--top', top, '--out', out],
    { encoding: 'utf8' },
  );
  const lines = made.status === 0 ? readFileSync(out, 'utf8').trim().split('\n') : [];
  return { status: made.status, stdout: made.stdout, stderr: made.stderr, lines };
}

const baskets = save(
  'baskets.csv',
  'basket_id,customer_id,product_id,at\nx,c1,A1,2024-02-01T00:00:00Z\ny,,,\nz,c1,c3,\n',
);

describe('npm run recommend', () => {
  it('completes carts in the order of the baskets and never repeats what is in them', () => {
    const { status, lines, stdout } = recommend(
      save('good.csv', `${header}\n${orders}\nbad,c1,never,A1,Item,1,5,EUR,DE\n`),
      baskets,
    );
    expect(status).toBe(0);
    expect(lines[0]).toBe('basket_id,rank,product_id,score,reason');
    const cells = lines.slice(1).map((line) => line.split(',').slice(0, 3));
    expect(cells.map(([basket, rank]) => `${basket ?? ''}${rank ?? ''}`)).toEqual([
      'x1',
      'x2',
      'x3',
      'y1',
      'y2',
      'y3',
      'z1',
      'z2',
      'z3',
    ]);
    expect(cells[0]?.[2]).toBe('B2');
    expect(cells[6]?.[2]).toBe('D4');
    expect(cells.filter(([basket]) => basket === 'x').map(([, , product]) => product)).not.toContain('A1');
    expect(stdout).toContain('1 bad row, date unreadable: line 82');
  });

  it.each([
    ['a missing file', () => path.join(folder, 'nowhere.csv'), () => baskets, 'does not exist'],
    [
      'a missing column',
      () => save('less.csv', `${header.replace('quantity,', '')}\n`),
      () => baskets,
      'lacks the column quantity',
    ],
    ['no usable row', () => save('empty.csv', `${header}\n`), () => baskets, 'holds no usable row'],
    [
      'returns alone',
      () => save('returns.csv', `${header}\n1,c,2024-01-01,A,Item,-1,5,EUR,DE\n`),
      () => baskets,
      'holds no sale',
    ],
    [
      'baskets without a column',
      () => save('good2.csv', `${header}\n${orders}\n`),
      () => save('b.csv', 'basket_id,product_id\nx,A1\n'),
      'lacks the column customer_id',
    ],
  ])('refuses %s with exit code 2 and one sentence', (_, ordersFile, basketsFile, words) => {
    const { status, stderr } = recommend(ordersFile(), basketsFile());
    expect(status).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('refuses an unknown surface with its usage', () => {
    const { status, stderr } = recommend(baskets, baskets, 'everywhere');
    expect(status).toBe(2);
    expect(stderr).toContain('usage:');
  });
});
