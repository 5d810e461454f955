import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';

let made: TestServices;
let http: HttpApp;

beforeAll(async () => {
  made = await createTestServices({ env: { QUEUE_DASHBOARD: 'on' } });
  http = createHttpApp(made.services, made.queues);
});
afterAll(async () => {
  await http.close();
  await made.dispose();
});

test('the queue dashboard asks nobody else for anything', async () => {
  const answer = await http.app.request('http://127.0.0.1:3000/queues');
  expect(answer.status).toBe(200);
  const html = await answer.text();
  expect(html).toContain('<div id="root">');
  const named = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address = '']) => address);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((address) => /^(https?:)?\/\//.test(address))).toEqual([]);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
  const [script = ''] = named.filter((address) => address.endsWith('.js'));
  const file = await http.app.request(`http://127.0.0.1:3000/queues/${script}`);
  expect([file.status, file.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'text/javascript']);
});
