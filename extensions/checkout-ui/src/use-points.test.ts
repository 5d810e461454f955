import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  askForRewards,
  type CheckoutHost,
  type CheckoutRewards,
  codesLeft,
  isReached,
  mayAddCodes,
  type Reward,
  redeemInto,
} from './use-points.ts';

const reward: Reward = {
  id: 'amount-1',
  request: 'r1',
  title: '€5 off',
  terms: '500 points',
  label: 'Redeem: €5 off',
  minimum: null,
};
const rewards: CheckoutRewards = {
  title: 'Your rewards',
  balance: 'You have 900 points.',
  rewards: [reward],
  codes: [],
  words: { redeem: 'Redeem', use: 'Use it now', applied: 'Your reward is in the order.' },
};
const typed: string[] = [];

/** A checkout that takes the codes of `good`. */
const host = (good: readonly string[], used: readonly string[] = [], may = true): CheckoutHost => ({
  sessionToken: { get: () => Promise.resolve('signed') },
  localization: { language: { value: { isoCode: 'de-CH' } } },
  cost: { subtotalAmount: { value: { amount: 36.7, currencyCode: 'EUR' } } },
  lines: { value: [{ discountAllocations: [{ discountedAmount: { amount: 3.3 } }] }, { discountAllocations: [] }] },
  discountCodes: { value: used.map((code) => ({ code })) },
  instructions: { value: { discounts: { canUpdateDiscountCodes: may } } },
  applyDiscountCodeChange: ({ code }) => {
    typed.push(code);
    return Promise.resolve({ type: good.includes(code) ? 'success' : 'error' });
  },
});
const answering = (body: unknown, status = 200) => {
  const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(() =>
    Promise.resolve(Response.json(body, { status })),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
};

afterEach(() => {
  typed.splice(0);
  vi.unstubAllGlobals();
});

describe('points at the checkout', () => {
  it('are asked for in the buyer’s language, with a fresh token', async () => {
    const fetched = answering({ rewards, redeemed: null });
    expect(await askForRewards(host([]), 'https://app.example')).toEqual({ rewards, redeemed: null });
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('https://app.example/checkout/rewards');
    expect(init?.headers).toMatchObject({ authorization: 'Bearer signed' });
    expect(JSON.parse(init?.body as string)).toEqual({ locale: 'de-CH' });
  });

  it('become a code that goes into the order at once', async () => {
    const fetched = answering({ rewards, redeemed: { code: 'R-1', making: false, message: 'not taken' } });
    const used = await redeemInto(host(['R-1']), '', reward);
    expect(JSON.parse(fetched.mock.calls[0]?.[1].body as string)).toEqual({
      locale: 'de-CH',
      redeem: { reward: 'amount-1', request: 'r1' },
    });
    expect(typed).toEqual(['R-1']);
    expect(used?.told).toEqual({ good: true, text: 'Your reward is in the order.' });
  });

  it('wait for a code that the store has not made yet, by the same request', async () => {
    const fetched = answering({ rewards, redeemed: { code: null, making: true, message: 'in a moment' } });
    const made = { rewards, redeemed: { code: 'R-2', making: false, message: 'not taken' } };
    fetched.mockImplementationOnce(() =>
      Promise.resolve(Response.json({ rewards, redeemed: { code: null, making: true, message: 'in a moment' } })),
    );
    fetched.mockImplementationOnce(() => Promise.resolve(Response.json(made)));
    expect((await redeemInto(host(['R-2']), '', reward))?.told.good).toBe(true);
    expect(new Set(fetched.mock.calls.map(([, init]) => init.body)).size).toBe(1);
  });

  it('say what the store did not take, what is not made yet, and what was refused', async () => {
    answering({ rewards, redeemed: { code: 'R-1', making: false, message: 'The code R-1 stays yours.' } });
    expect((await redeemInto(host([]), '', reward))?.told).toEqual({ good: false, text: 'The code R-1 stays yours.' });
    typed.splice(0);
    const late = answering({ rewards, redeemed: { code: null, making: true, message: 'in a moment' } });
    expect((await redeemInto(host([]), '', reward))?.told).toEqual({ good: false, text: 'in a moment' });
    expect([typed, late.mock.calls.length]).toEqual([[], 5]);
    answering({ error: {} }, 429);
    expect(await redeemInto(host([]), '', reward)).toBeNull();
  });

  it('leave out codes that are in the order, and offer none where the checkout takes none', () => {
    const codes = ['A', 'b'].map((code) => ({ code, title: code, label: code, refused: '' }));
    expect(codesLeft(host([], ['B']), codes).map(({ code }) => code)).toEqual(['A']);
    expect([mayAddCodes(host([])), mayAddCodes(host([], [], false))]).toEqual([true, false]);
  });
});

it.each([
  ['any order', null, true],
  ['one that is just large enough before discounts', { amount: 40, currency: 'EUR' }, true],
  ['one that is too small', { amount: 40.01, currency: 'EUR' }, false],
  ['one in another currency: the store decides', { amount: 500, currency: 'USD' }, true],
])('a reward can be had for %s', (_name, minimum, reached) => {
  expect(isReached(host([]), { ...reward, minimum })).toBe(reached);
});
