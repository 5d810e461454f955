import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StartError } from './state.ts';
import { assertOrderFile, assertPortFree, readSettings } from './settings.ts';

let folder = '';
let orders = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trellis-settings-'));
  orders = path.join(folder, 'orders.csv');
  await writeFile(orders, 'order_id\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('npm start', () => {
  test('without anything', async () => {
    expect(await readSettings([], {})).toEqual({
      port: 3000,
      sandboxPort: 4000,
      smtpPort: 4025,
      wooPort: 4100,
      reset: false,
      ordersFile: null,
      development: false,
      databaseUrl: null,
      databaseAdminUrl: null,
      redisUrl: null,
    });
  });

  test('with arguments and variables', async () => {
    const env = { PORT: '3100', SANDBOX_PORT: '65530', DATABASE_URL: 'postgres://a@b/c', REDIS_URL: 'redis://r' };
    expect(await readSettings(['--reset', '--orders', orders], env)).toMatchObject({
      port: 3100,
      sandboxPort: 65530,
      smtpPort: 65505,
      wooPort: 65430,
      reset: true,
      ordersFile: orders,
      databaseUrl: 'postgres://a@b/c',
      databaseAdminUrl: 'postgres://a@b/c',
      redisUrl: 'redis://r',
    });
  });

  test.each<[string, string[], Record<string, string>, string]>([
    ['a port that is a word', [], { PORT: 'http' }, 'PORT must be a number from 1 to 65535, not "http".'],
    [
      'a port out of range',
      [],
      { SANDBOX_PORT: '70000' },
      'SANDBOX_PORT must be a number from 1 to 65535, not "70000".',
    ],
    ['one port for two', [], { PORT: '4000' }, 'PORT and SANDBOX_PORT are both 4000: they must differ.'],
    ['an unknown argument', ['--rest'], {}, "Unknown option '--rest'. Known: --reset, --orders FILE.csv"],
    ['an address that is no database', [], { DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must start with postgres://'],
    [
      'an owner of tables without tables',
      [],
      { DATABASE_ADMIN_URL: 'postgres://x@y/z' },
      'DATABASE_ADMIN_URL is set without DATABASE_URL: set both or neither.',
    ],
    ['a file that is not there', ['--orders', '/nowhere.csv'], {}, 'The order file /nowhere.csv cannot be read'],
    ['a folder for a file', ['--orders', tmpdir()], {}, `The order file ${tmpdir()} cannot be read`],
  ])('refuses %s in one sentence', async (_name, argv, env, message) => {
    await expect(readSettings(argv, env)).rejects.toThrow(message);
  });

  test('names the variable that moves a port in use', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    await expect(assertPortFree(port, 'PORT')).rejects.toThrow(
      `Port ${String(port)} is in use: stop the other program or set PORT to a free one.`,
    );
    await new Promise((resolve) => server.close(resolve));
    await expect(assertPortFree(port, 'PORT')).resolves.toBeUndefined();
  });
});

describe('an order file', () => {
  const header = 'order_id,customer_id,ordered_at,product_id,product_name,quantity,unit_price,currency,country\n';
  test.each([
    ['is empty', '', 'is empty'],
    ['has other columns', 'a,b\n1,2\n', 'are not those of'],
    ['lacks a column', 'order_id,customer_id,ordered_at,product_id,product_name,quantity\n', 'lacks the column'],
    ['has no usable row', `${header},,,,,,,,\n`, 'holds no usable row'],
  ])('that %s is refused in a sentence that names it', async (_name, content, words) => {
    const file = path.join(folder, 'bad.csv');
    await writeFile(file, content);
    const refused = await assertOrderFile(file).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(StartError);
    expect(String(refused)).toContain(words);
    expect(String(refused)).toContain('bad.csv');
  });

  test('with one usable row is taken', async () => {
    const file = path.join(folder, 'good.csv');
    await writeFile(file, `${header},,,,,,,,\n1,7,2026-01-02,A,Lamp,1,9.50,EUR,DE\n`);
    await expect(assertOrderFile(file)).resolves.toBeUndefined();
  });
});
