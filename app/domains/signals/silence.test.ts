import { expect, it } from 'vitest';
import { type Hearing, silenceIn } from './silence.ts';

const lastHeardAt = new Date('2026-11-20T12:00:00.000Z');
const after = (hours: number) => new Date(lastHeardAt.getTime() + hours * 3_600_000);
/** Every other buyer was known. */
const usual: Hearing = { lastHeardAt, ordersBefore: 200, knownBefore: 100, ordersSince: 10 };

it.each<[string, Partial<Hearing>, number, boolean]>([
  ['ten orders and half of the buyers known: five would have been', {}, 24, true],
  ['nine orders may be chance', { ordersSince: 9 }, 24, false],
  ['an hour short of a day', {}, 23, false],
  ['no orders, no visitors', { ordersSince: 0 }, 24 * 30, false],
  ['few buyers ever agreed: it takes more orders', { knownBefore: 4, ordersSince: 249 }, 24, false],
  ['few buyers ever agreed, and these are more', { knownBefore: 4, ordersSince: 250 }, 24, true],
  ['nobody who bought was ever known', { knownBefore: 0, ordersSince: 10_000 }, 24 * 30, false],
  ['nothing was ever heard', { lastHeardAt: null, ordersSince: 10_000 }, 24 * 30, false],
  ['no order before', { ordersBefore: 0, knownBefore: 0 }, 24 * 30, false],
])('%s', (_why, part, hours, silent) => {
  const found = silenceIn({ ...usual, ...part }, after(hours));
  expect(found).toEqual(silent ? { since: lastHeardAt, orders: part.ordersSince ?? usual.ordersSince } : null);
});
