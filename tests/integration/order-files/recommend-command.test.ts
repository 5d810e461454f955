import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Backtest, backtestOrders } from '#app/domains/recommendations/index.ts';

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

function run(...args: string[]) {
  const made = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status: made.status, stdout: made.stdout, stderr: made.stderr };
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

  it('says with --help what it does and what it wants', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const word of ['--orders', '--for', '--surface', '--top', '--out', '--backtest'])
      expect(stdout).toContain(word);
  });

  it('refuses an unknown surface with its usage', () => {
    const { status, stderr } = recommend(baskets, baskets, 'everywhere');
    expect(status).toBe(2);
    expect(stderr).toContain('usage:');
  });
});

describe('npm run recommend -- --backtest', () => {
  const good = save('past.csv', `${header}\n${orders}\nbad,c1,never,A1,Item,1,5,EUR,DE\n`);
  const report = path.join(folder, 'report.json');

  it('prints what each source and the blend would have hit, with intervals, and writes the same as JSON', async () => {
    const { status, stdout, stderr } = run('--backtest', '--orders', good, '--top', '2', '--out', report);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('1 bad row, date unreadable: line 82');
    for (const surface of ['cart', 'next', 'discover']) expect(stdout).toMatch(new RegExp(`^${surface}[,:]`, 'm'));
    expect(stdout).toMatch(/^ {2}blend +\d+\.\d % \(\d+\.\d to \d+\.\d\) +\d\.\d{4} \(\d\.\d{4} to \d\.\d{4}\)$/m);
    expect(stdout).toMatch(/^ {2}popular +/m);

    const { orders: file, ...written } = JSON.parse(readFileSync(report, 'utf8')) as Backtest & { orders: string };
    expect(file).toBe(good);
    expect(written).toMatchObject({ shown: 2, taught: expect.any(Number) as number });
    // The same code on the same orders: what a shop is shown.
    const lines = readFileSync(good, 'utf8').split('\n').slice(1, 81);
    const same = await backtestOrders({
      lines: (async function* () {
        yield lines.map((line) => {
          const [orderId = '', customerId = '', day = '', productId = ''] = line.split(',');
          return { orderId, customerId, placedAt: new Date(day), productId };
        });
      })(),
      catalog: () =>
        ['A1', 'B2', 'C3', 'D4'].map((productId) => ({
          productId,
          title: `Item ${productId}`,
          productType: '',
          vendor: '',
          tags: [],
          priceMinor: null,
          sellable: true,
        })),
      shown: 2,
      onProgress: () => Promise.resolve(),
      signal: new AbortController().signal,
    });
    expect(written).toEqual(same);
  });

  it('tells of one surface where one is asked for', () => {
    const { status, stdout } = run('--backtest', '--orders', good, '--surface', 'cart', '--out', report);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/^next/m);
    const written = JSON.parse(readFileSync(report, 'utf8')) as Backtest;
    // Carts of signed-in customers, and of everybody else.
    expect(written.surfaces.map((one) => one.surface)).toEqual(['cart', 'guest']);
  });

  it.each([
    ['a missing file', ['--orders', path.join(folder, 'nowhere.csv')], 'does not exist'],
    [
      'returns alone',
      ['--orders', save('returns2.csv', `${header}\n1,c,2024-01-01,A,Item,-1,5,EUR,DE\n`)],
      'holds no sale',
    ],
    [
      'a single order',
      ['--orders', save('single.csv', `${header}\n1,c,2024-01-01,A,Item,1,5,EUR,DE\n`)],
      'holds too few orders',
    ],
    ['a report in a folder that is not there', ['--orders', good, '--out', '/nowhere/r.json'], 'could not be written'],
  ])('refuses %s with exit code 2 and one sentence', (_, args, words) => {
    const { status, stderr } = run('--backtest', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['baskets', ['--orders', good, '--for', baskets], 'leave out --for'],
    ['no orders', [], '--orders'],
    ['a surface that does not exist', ['--orders', good, '--surface', 'everywhere'], '--surface'],
    ['an option that does not exist', ['--orders', good, '--quick'], '--quick'],
  ])('refuses %s with the reason and its usage', (_, args, words) => {
    const { status, stderr } = run('--backtest', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr).toContain('usage:');
  });
});
