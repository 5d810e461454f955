import { describe, expect, test } from 'vitest';
import { uninstallApp } from '#sandbox/shopify/installation.ts';
import { askWith, exchange, idTokenFor, requestToken, sandboxForTest } from './start.ts';

describe('token exchange', () => {
  test('an id token becomes an expiring pair', async () => {
    const sandbox = await sandboxForTest();
    const { status, body } = await exchange(sandbox, idTokenFor(sandbox));
    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_in: 3600, refresh_token_expires_in: 7_776_000 });
    expect((await askWith(sandbox, String(body['access_token']), '{ shop { name } }')).status).toBe(200);
  });

  test.each([
    ['signed with another secret', { apiSecret: 'other' }],
    ['made for another app', { apiKey: 'other' }],
    ['of another shop', { domain: 'other.myshopify.com' }],
    ['a minute old', { now: new Date(Date.now() - 61_000) }],
  ])('an id token %s is refused', async (_name, change) => {
    const sandbox = await sandboxForTest();
    expect(await exchange(sandbox, idTokenFor(sandbox, change))).toMatchObject({
      status: 400,
      body: { error: 'invalid_subject_token' },
    });
  });

  test('a wrong secret, a token without an end and an app that is not installed are refused', async () => {
    const sandbox = await sandboxForTest();
    expect(await exchange(sandbox, idTokenFor(sandbox), { client_secret: 'x' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client' },
    });
    expect(await exchange(sandbox, idTokenFor(sandbox), { expiring: undefined })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    uninstallApp(sandbox.store);
    expect((await exchange(sandbox, idTokenFor(sandbox))).status).toBe(400);
  });
});

describe('refresh', () => {
  const refresh = (sandbox: Awaited<ReturnType<typeof sandboxForTest>>, token: unknown) =>
    requestToken(sandbox, { grant_type: 'refresh_token', refresh_token: token });

  test('the old refresh token lives until the new one is used', async () => {
    const sandbox = await sandboxForTest();
    const first = (await exchange(sandbox, idTokenFor(sandbox))).body['refresh_token'];
    const second = (await refresh(sandbox, first)).body['refresh_token'];
    expect(second).not.toBe(first);
    // The answer to the first refresh was lost on its way: asking again must still work.
    expect((await refresh(sandbox, first)).status).toBe(200);
    expect((await refresh(sandbox, second)).status).toBe(200);
    expect(await refresh(sandbox, first)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('an access token ends after an hour, a refresh token after 90 days', async () => {
    let now = Date.parse('2026-11-20T12:00:00Z');
    const sandbox = await sandboxForTest({ clock: () => new Date(now) });
    const { body } = await exchange(sandbox, idTokenFor(sandbox));
    now += 3_600_000;
    expect((await askWith(sandbox, String(body['access_token']), '{ shop { name } }')).status).toBe(401);
    now += 90 * 86_400_000;
    expect((await refresh(sandbox, body['refresh_token'])).status).toBe(400);
  });

  test('uninstalling ends everything', async () => {
    const sandbox = await sandboxForTest();
    const { body } = await exchange(sandbox, idTokenFor(sandbox));
    uninstallApp(sandbox.shop().store);
    expect((await askWith(sandbox, String(body['access_token']), '{ shop { name } }')).status).toBe(401);
    expect((await refresh(sandbox, body['refresh_token'])).status).toBe(400);
  });
});
