import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signPluginCall } from '#app/platforms/woocommerce/plugin/signature.ts';
import { runPhp } from '#tests/setup/php.ts';

const secret = '0f'.repeat(32);
const shopId = '7c0f3f0e-1111-4222-8333-944455566677';
const ask = (questions: readonly (readonly [string, readonly unknown[]])[]): unknown[] =>
  runPhp([join(import.meta.dirname, 'pure.php')], JSON.stringify(questions))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('what the plugin signs', () => {
  it('has the signature that the app computes', () => {
    const calls = [
      ['1800000000', 'GET', '/plugin/woocommerce/numbers?locale=de', ''],
      ['1800000000', 'post', '/plugin/woocommerce/sign-in', '{"user":"Ida Ünal","to":"\\/"}'],
      ['0', 'POST', '/plugin/woocommerce/disconnect', '{}'],
      ['1800000000', 'GET', '/plugin/woocommerce/shopper/bundle?items=1%2C2&x=a%20b+c', ''],
      ['1800000000', 'POST', '/', '\u0000\n日本'],
    ] as const;
    const php = ask(
      calls.map(([time, method, target, body]) => ['sign', [secret, Number(time), method, target, body]] as const),
    );
    const ours = calls.map(([time, method, target, body]) =>
      signPluginCall(secret, { time, method: method.toUpperCase(), target, body: Buffer.from(body) }),
    );
    expect(php).toEqual(ours);
  });
});

/** One process answers a whole table; a line that differs is named by its reason. */
function expectTable(
  rows: readonly (readonly [why: string, kind: string, given: readonly unknown[], answer: unknown])[],
) {
  const answers = ask(rows.map(([, kind, given]) => [kind, given] as const));
  expect(rows.map(([why], at) => [why, answers[at]])).toEqual(rows.map(([why, , , answer]) => [why, answer]));
}

describe('what the plugin takes and follows', () => {
  it('addresses', () => {
    const rows: [string, string, boolean, string][] = [
      ['https', 'https://app.example/', false, 'https://app.example'],
      ['a port and capitals', 'HTTPS://App.Example:8443', false, 'https://app.example:8443'],
      ['plain http', 'http://app.example', true, ''],
      ['plain http on this machine of a developer', 'http://127.0.0.1:4810', true, 'http://127.0.0.1:4810'],
      ['plain http on this machine elsewhere', 'http://127.0.0.1:4810', false, ''],
      ['a name before another host', 'https://app.example@evil.example', false, ''],
      ['a path', 'https://evil.example/app.example', false, ''],
      ['a script', 'javascript:alert(1)', true, ''],
      ['nothing', '', true, ''],
    ];
    expectTable(rows.map(([why, typed, local, clean]) => [why, 'address', [typed, local], clean]));
  });

  it('links', () => {
    const rows: [string, string, boolean][] = [
      ['a page of the app', 'https://app.example/connect/woocommerce/enter?token=x', true],
      ['a longer host', 'https://app.example.evil.example/x', false],
      ['a user before another host', 'https://app.example@evil.example/', false],
      ['another scheme', 'http://app.example/x', false],
      ['a line break', 'https://app.example/x\r\nSet-Cookie: a=b', false],
    ];
    expectTable(rows.map(([why, link, leads]) => [why, 'leads', [link, 'https://app.example'], leads]));
  });

  const placements = { together: true, bundle: true, cart: true, offers: true, points: true, launcher: false };
  it('settings', () => {
    const rows: [string, unknown, unknown][] = [
      ['nothing yet: no visitor is measured', false, { consent: 'off', placements }],
      ['an unknown word', { consent: 'always' }, { consent: 'off', placements }],
      [
        'what forms send',
        { consent: 'bar', placements: { cart: '0', bundle: 'yes' } },
        { consent: 'bar', placements: { ...placements, cart: false } },
      ],
      ['what nobody asked for', { placements: { x: true }, y: 1 }, { consent: 'off', placements }],
    ];
    expectTable(rows.map(([why, raw, parsed]) => [why, 'settings', [raw], parsed]));
  });

  const connection = { shopId, appUrl: 'https://app.example', secret };
  const storefront = {
    shopId,
    holdoutBps: 1000,
    salt: 's',
    popular: ['1'],
    signalsEndpoint: 'https://app.example/signals',
    tests: [],
    changes: [],
  };
  const discount = {
    title: 'T',
    configs: ['{"v":1}'],
    startsAt: '2026-11-01T00:00:00Z',
    combinesWith: { order: true, product: true, shipping: false },
  };
  it('bodies', () => {
    const rows: [string, string, readonly unknown[], unknown][] = [
      ['a connection', 'connection', [connection, false], connection],
      ['a connection without a secret', 'connection', [{ ...connection, secret: 'x' }, false], 'secret'],
      ['a connection of nobody', 'connection', [null, false], 'shopId'],
      ['what pages show', 'storefront', [storefront, connection], null],
      ['another shop', 'storefront', [{ ...storefront, shopId: shopId.replace('7', '8') }, connection], 'shopId'],
      [
        'signals to another host',
        'storefront',
        [{ ...storefront, signalsEndpoint: 'https://evil.example/' }, connection],
        'signalsEndpoint',
      ],
      ['a product that is markup', 'storefront', [{ ...storefront, popular: ['<b>'] }, connection], 'popular'],
      ['a share above all', 'storefront', [{ ...storefront, holdoutBps: 10_001 }, connection], 'holdoutBps'],
      ['a discount', 'discount', [discount], null],
      ['a discount that gives shipping too', 'discount', [{ ...discount, classes: ['product', 'shipping'] }], null],
      ['a class that nobody knows', 'discount', [{ ...discount, classes: ['all'] }], 'classes'],
      ['a configuration that is no JSON', 'discount', [{ ...discount, configs: ['{'] }], 'configs'],
      ['a date that is none', 'discount', [{ ...discount, startsAt: 'soon, maybe' }], 'startsAt'],
    ];
    expectTable(rows);
  });
});
