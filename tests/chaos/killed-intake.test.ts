import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freePort } from '#scripts/free-port.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { environmentOf, type RunningProcess, startProcess } from '#tests/setup/processes.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

// A web process that dies takes along what it has not stored yet: a second of views at most, and no purchase.

const mayBeLostMs = 1_000;
const eventsOfOne = 10;
const betweenLooksMs = 10;
let own: TestServices;
let shop: ShopId;
let web: RunningProcess | null = null;

beforeAll(async () => {
  own = await createTestServices();
  shop = await insertShop(own.database);
});
afterEach(async () => {
  await web?.kill();
});
afterAll(() => own.dispose());

test('a web process that is killed loses a second of views at most, and no purchase', async () => {
  const port = await freePort();
  web = await startProcess('tests/chaos/children/serve.ts', environmentOf(own), [String(port)]);
  const visitorId = randomUUID();
  /** when each event was taken, by its id */
  const taken = new Map<string, { readonly kind: string; readonly at: number }>();
  const send = async (kind: 'view' | 'purchase') => {
    const ids = Array.from({ length: kind === 'view' ? eventsOfOne : 1 }, () => randomUUID());
    const events = ids.map((id) => ({ id, kind, productId: '42', at: new Date().toISOString() }));
    const answer = await fetch(`http://127.0.0.1:${String(port)}/signals`, {
      method: 'POST',
      body: JSON.stringify({ shopId: shop, visitorId, events }),
    });
    expect(answer.status).toBe(202);
    const at = performance.now();
    for (const id of ids) taken.set(id, { kind, at });
  };
  // People look at products all the time; somebody buys; the process is gone in the middle of the next looks.
  const begun = performance.now();
  while (performance.now() - begun < 2 * mayBeLostMs) {
    await send('view');
    // No faster than one address may.
    await pause(betweenLooksMs);
  }
  await send('purchase');
  for (let look = 0; look < 20; look += 1) await send('view');
  await send('purchase');
  const last = Promise.allSettled(Array.from({ length: 20 }, () => send('view')));
  await web.kill();
  const killedAt = performance.now();
  await last;

  const rows = await own.services.db.inShop(shop, ({ tx }) => tx.signal.findMany({ select: { id: true } }));
  const stored = new Set(rows.map((row) => row.id));
  const lost = [...taken].filter(([id]) => !stored.has(id)).map(([, one]) => one);
  expect(lost.filter(({ kind }) => kind === 'purchase')).toEqual([]);
  expect(lost.filter(({ at }) => killedAt - at > mayBeLostMs)).toEqual([]);
  // Enough were under way for this to mean something.
  expect(taken.size).toBeGreaterThan(20 * eventsOfOne);
});
