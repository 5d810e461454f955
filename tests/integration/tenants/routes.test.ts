import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { textsOfPdf } from '#tests/setup/pdf-texts.ts';
import { testApiKey } from '#tests/setup/services.ts';
import type { RouteCall } from './route-case.ts';
import { routeCases } from './route-cases.ts';
import { loadHandlers } from './route-files.ts';
import { keepTwoShops, secretWord, type TwoShops } from './two-shops.ts';

const handlers = await loadHandlers();
let filled: Awaited<ReturnType<typeof keepTwoShops>>;
let shops: TwoShops;

beforeAll(async () => {
  filled = await keepTwoShops();
});
afterAll(() => filled.close());

/** Everything stored of B, before anybody asked. */
let untouchedB: string;

const freshShops = async () => {
  shops = await filled.copy();
  untouchedB = await shops.contents(shops.b.shopId);
};
const closeShops = () => shops.close();

type Answer = { readonly status: number; readonly text: string };

/** Calls the handler as Remix would; a thrown Response is an answer, anything else thrown is a bug. */
async function call(name: string, { path, params, json }: RouteCall, headers: Record<string, string>): Promise<Answer> {
  const handler = handlers.get(name);
  if (!handler) throw new Error(`there is no ${name}`);
  const request = new Request(new URL(path, 'http://127.0.0.1:3000'), {
    headers: { ...headers, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }),
  });
  const context = { services: shops.test.services } as unknown as AppLoadContext;
  const answer = await Promise.resolve(
    handler({ request, params: params ?? {}, context, unstable_pattern: '' } as never),
  ).catch((error: unknown) => {
    if (error instanceof Response) return error;
    throw error;
  });
  if (answer instanceof Response)
    return { status: answer.status, text: `${JSON.stringify([...answer.headers])}${await textOf(answer)}` };
  const init = (answer as { init?: { status?: number } } | null)?.init;
  return {
    status: init?.status ?? 200,
    text: JSON.stringify(answer, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  };
}

/** What a person reads of it: a PDF file is packed, and its title repeats whom it was asked for. */
async function textOf(answer: Response): Promise<string> {
  if (answer.headers.get('content-type') !== 'application/pdf') return answer.text();
  const texts = textsOfPdf(Buffer.from(await answer.arrayBuffer())).map(({ text }) => text);
  return texts.filter((text) => !text.startsWith('Statement of ')).join('\n');
}

const cases = Object.entries(routeCases);
const closed = cases.filter(([, one]) => !one.open).map(([name]) => name);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test('every loader and action of the file system has a case, and no case is left over', () => {
  expect([...handlers.keys()].sort()).toEqual(Object.keys(routeCases).sort());
});

describe('without a good session token', () => {
  beforeAll(freshShops);
  afterAll(closeShops);
  const minutes = (count: number) => new Date(Date.now() + count * 60_000);
  const attempts: readonly (readonly [string, () => Record<string, string>])[] = [
    ['none', () => ({})],
    ['none, as a document', () => ({ accept: 'text/html', 'sec-fetch-dest': 'iframe' })],
    ['another scheme', () => ({ authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` })],
    ['garbage', () => bearer('garbage')],
    ['three parts of garbage', () => bearer('e30.e30.e30')],
    ['no algorithm', () => bearer(unsigned(shops.token()))],
    ['expired', () => bearer(shops.token({ now: minutes(-5) }))],
    ['not yet good', () => bearer(shops.token({ now: minutes(5) }))],
    ['another secret', () => bearer(shops.token({ apiSecret: 'other' }))],
    ['another app', () => bearer(shops.token({ apiKey: `${testApiKey}-other` }))],
    ['a changed shop', () => bearer(changedShop(shops.token(), shops.b.domain))],
    ['no Shopify domain', () => bearer(shops.token({ domain: 'tenant-b.evil.example' }))],
  ];

  test.each(closed)('%s refuses, shows nothing and changes nothing', async (name) => {
    for (const [why, headers] of attempts) {
      for (const one of routeCases[name]?.calls(shops.b) ?? []) {
        const answer = await call(name, one, headers());
        expect({
          why,
          status: [302, 400, 401, 403].includes(answer.status) ? 'refused' : answer.status,
          leak: leaks(answer),
        }).toEqual({ why, status: 'refused', leak: null });
      }
    }
    expect(await shops.contents(shops.b.shopId)).toBe(untouchedB);
  });
});

describe('with the token of shop A and everything named that is B’s', () => {
  beforeAll(freshShops);
  afterAll(closeShops);

  test.each(cases)('%s shows nothing of B and changes nothing of B', async (name, { calls }) => {
    for (const one of calls(shops.b)) {
      const answer = await call(name, one, bearer(shops.token()));
      expect(leaks(answer)).toBeNull();
    }
    expect(await shops.contents(shops.b.shopId)).toBe(untouchedB);
  });

  test.each(cases)('%s answers ids that are none with a plain refusal, not with an error', async (name, { calls }) => {
    for (const bad of [
      randomUUID(),
      '',
      '0',
      '../../etc/passwd',
      `1'; --`,
      '9'.repeat(40),
      '\0',
      '%00',
      'ü'.repeat(30),
    ]) {
      const ids = {
        ...shops.a,
        bundle: bad,
        run: bad,
        dataRequest: bad,
        delivery: bad,
        experiment: bad,
        experimentDraft: bad,
        sharedProduct: bad,
        ownProduct: bad,
        suggestedProduct: bad,
        order: bad,
        visitor: bad,
        customer: bad,
      };
      const query = ['search', 'product', 'days', 'page', 'view', 'status', 'state', 'sort', 'show']
        .map((key) => `${key}=${encodeURIComponent(bad)}`)
        .join('&');
      for (const one of calls(ids)) {
        const path = `${encodeURI(one.path)}${one.path.includes('?') ? '&' : '?'}${query}`;
        const answer = await call(name, { ...one, path }, bearer(shops.token()));
        expect({ bad, path, broken: answer.status >= 500 }).toEqual({ bad, path, broken: false });
      }
    }
  });
});

describe('with the session of a browser that is signed in to shop A outside of an admin', () => {
  beforeAll(freshShops);
  afterAll(closeShops);
  /** What the platform adds to a page in its admin would have the session not looked at. */
  const outside = (path: string): string => {
    const [page = '', query = ''] = path.split('?');
    const asked = new URLSearchParams(query);
    for (const name of ['shop', 'host', 'id_token']) asked.delete(name);
    return `${page}?${asked.toString()}`;
  };
  const signedIn = async () => ({ cookie: await shops.signIn(), origin: shops.test.services.config.SHOPIFY_APP_URL });

  test.each(cases)('%s shows nothing of B and changes nothing of B', async (name, { calls }) => {
    for (const one of calls(shops.b)) {
      const answer = await call(name, { ...one, path: outside(one.path) }, await signedIn());
      expect(leaks(answer)).toBeNull();
    }
    expect(await shops.contents(shops.b.shopId)).toBe(untouchedB);
  });

  test('which is a session that opens the pages of A', async () => {
    const answer = await call('_index loader', { path: '/' }, await signedIn());
    expect([answer.status, answer.text.includes('of-a')]).toEqual([200, true]);
  });
});

describe('with its own token', () => {
  // Each case starts from shops as they were filled; those that nobody has changed serve the next case too.
  let untouched: TwoShops | null = null;
  beforeEach(async () => {
    if (untouched) shops = untouched;
    else await freshShops();
    untouched = null;
  });
  afterEach(async () => {
    if (!untouched) await shops.close();
  });
  afterAll(() => untouched?.close());

  test.each(cases)(
    '%s works for its own merchant, so that the sweep proves something',
    async (name, { calls, own }) => {
      const answers: [number, boolean][] = [];
      for (const one of calls(shops.b)) {
        const answer = await call(name, one, bearer(shops.token({ domain: shops.b.domain })));
        answers.push([answer.status, one.sums === true || leaks(answer) !== null]);
      }
      if (own === 'shows') expect(answers).toEqual(answers.map(() => [200, true]));
      const after = await shops.contents(shops.b.shopId);
      if (own === 'changes') expect(after).not.toBe(untouchedB);
      if (after === untouchedB) untouched = shops;
    },
  );
});

/** The part of an answer that is B's, or null. */
function leaks({ text }: Answer): string | null {
  const at = [secretWord, '987654', shops.b.shopId].map((word) => text.indexOf(word)).find((index) => index >= 0);
  // What was asked for may be repeated, as the target of a bounce does.
  return at === undefined || text.includes('shopify-reload') ? null : text.slice(Math.max(0, at - 80), at + 80);
}

function unsigned(token: string): string {
  const [, body] = token.split('.');
  return `${Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')}.${body ?? ''}.`;
}

function changedShop(token: string, domain: string): string {
  const [head, body, signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString()) as Record<string, unknown>;
  const changed = Buffer.from(
    JSON.stringify({ ...claims, dest: `https://${domain}`, iss: `https://${domain}/admin` }),
  ).toString('base64url');
  return [head, changed, signature].join('.');
}
