import { expect, test } from 'vitest';
import { api, sandboxForTest } from './start.ts';

const run =
  'mutation($q: String!) { bulkOperationRunQuery(query: $q, groupObjects: false) { bulkOperation { id status } userErrors { code message } } }';
const read = 'query($id: ID!) { bulkOperation(id: $id) { status errorCode objectCount rootObjectCount url } }';

test('writes every object as a line, children with their parent', async () => {
  const sandbox = await sandboxForTest();
  const ask = await api(sandbox);
  const started = await ask(run, {
    q: '{ orders { edges { node { id name lineItems { edges { node { id quantity } } } } } } }',
  });
  const operation = started.data['bulkOperationRunQuery']?.['bulkOperation'];
  expect(operation?.['status']).toBe('CREATED');
  await sandbox.shop().bulk.idle();
  const done = (await ask(read, { id: operation?.['id'] })).data['bulkOperation'];
  const orders = [...sandbox.store.orders.values()];
  const lines = orders.reduce((sum, order) => sum + order.lines.length, 0);
  expect(done).toMatchObject({
    status: 'COMPLETED',
    errorCode: null,
    objectCount: (orders.length + lines).toString(),
    rootObjectCount: orders.length.toString(),
  });
  const records = (await (await fetch(done?.['url'] as unknown as string)).text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; __parentId?: string });
  expect(records.filter((record) => record.__parentId === undefined)).toHaveLength(orders.length);
  const parents = new Set(records.filter((record) => record.__parentId === undefined).map((record) => record.id));
  expect(records.every((record) => record.__parentId === undefined || parents.has(record.__parentId))).toBe(true);
});

test('no object, no file', async () => {
  const sandbox = await sandboxForTest();
  const ask = await api(sandbox);
  const started = await ask(run, { q: '{ products(query: "title:nothing-like-this") { edges { node { id } } } }' });
  await sandbox.shop().bulk.idle();
  const done = await ask(read, { id: started.data['bulkOperationRunQuery']?.['bulkOperation']?.['id'] });
  expect(done.data['bulkOperation']).toMatchObject({ status: 'COMPLETED', objectCount: '0', url: null });
});

test.each([
  ['no connection', '{ shop { name } }', 'at least one connection'],
  ['paging', '{ products(first: 5) { edges { node { id } } } }', 'do not take'],
  [
    'nodes at the top',
    '{ nodes(ids: ["gid://shopify/Product/1"]) { id } products { edges { node { id } } } }',
    'node or nodes',
  ],
  ['an unknown field', '{ products { edges { node { id nonsense } } } }', 'Cannot query field'],
])('refuses %s', async (_name, query, message) => {
  const ask = await api(await sandboxForTest());
  const answer = await ask(run, { q: query });
  expect(answer.data['bulkOperationRunQuery']?.['userErrors']).toMatchObject([
    { code: 'INVALID', message: expect.stringContaining(message) as unknown },
  ]);
});

test('six at once are one too many', async () => {
  const ask = await api(await sandboxForTest());
  const query = '{ products { edges { node { id } } } }';
  const answers = [];
  for (let count = 0; count < 6; count += 1) answers.push(ask(run, { q: query }));
  const codes = (await Promise.all(answers)).flatMap((answer) =>
    (answer.data['bulkOperationRunQuery']?.['userErrors'] as unknown as { code: string }[]).map((error) => error.code),
  );
  expect(codes.every((code) => code === 'LIMIT_REACHED')).toBe(true);
});
