import { expect, test } from 'vitest';
import { appConfig, sandboxForTest } from './start.ts';

test('the admin grants and takes back optional scopes, and only those', async () => {
  const sandbox = await sandboxForTest({ appConfig: { ...appConfig, optionalScopes: ['read_themes'] } });
  const change = async (which: 'grant' | 'revoke', scopes: unknown) =>
    (await fetch(`${sandbox.url}/admin/bridge/scopes/${which}`, { method: 'POST', body: JSON.stringify({ scopes }) }))
      .status;
  const granted = () => sandbox.store.installation?.scopes;
  const required = [...appConfig.scopes];

  expect(await change('grant', ['read_themes'])).toBe(204);
  expect(granted()).toEqual([...required, 'read_themes']);
  expect(await change('grant', ['read_themes', 'write_themes'])).toBe(400);
  expect(await change('revoke', required)).toBe(400);
  expect(await change('grant', 'read_themes')).toBe(400);
  expect(granted()).toEqual([...required, 'read_themes']);
  expect(await change('revoke', ['read_themes'])).toBe(204);
  expect(granted()).toEqual(required);
});
