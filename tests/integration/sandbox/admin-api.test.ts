import { describe, expect, test } from 'vitest';
import { api, appConfig, sandboxForTest, scopes } from './start.ts';

describe('requests are judged by the real schema', () => {
  test.each([
    [
      'a field that does not exist',
      '{ products(first: 1) { nodes { id price } } }',
      "Field 'price' doesn't exist on type 'Product'",
    ],
    [
      'an argument that does not exist',
      '{ products(first: 1, limit: 3) { nodes { id } } }',
      "Field 'products' doesn't accept argument 'limit'",
    ],
    ['an object without a selection', '{ shop }', 'must have a selection'],
    ['broken syntax', '{ shop {', 'syntax error'],
    [
      'a type that was removed in 2026-10',
      '{ priceRules(first: 1) { nodes { id } } }',
      "Field 'priceRules' doesn't exist on type 'QueryRoot'",
    ],
  ])('%s', async (_name, query, message) => {
    const answer = await (await api(await sandboxForTest()))(query);
    expect(answer.status).toBe(200);
    expect(answer.errors[0]?.message).toContain(message);
  });

  test('a connection needs first or last, at most 250', async () => {
    const ask = await api(await sandboxForTest());
    expect((await ask('{ products { nodes { id } } }')).errors[0]?.message).toBe(
      'you must provide one of first or last',
    );
    expect((await ask('{ products(first: 251) { nodes { id } } }')).errors[0]?.extensions?.['code']).toBe(
      'BAD_REQUEST',
    );
  });

  test('what the sandbox cannot answer is an error, never null', async () => {
    const answer = await (await api(await sandboxForTest()))('{ shop { billingAddress { city } } }');
    expect(answer.errors[0]?.extensions?.['code']).toBe('SANDBOX_NOT_IMPLEMENTED');
  });

  test('a time that is none is refused', async () => {
    const answer = await (
      await api(await sandboxForTest())
    )(
      'mutation($d: DiscountAutomaticAppInput!) { discountAutomaticAppCreate(automaticAppDiscount: $d) { userErrors { field } } }',
      { d: { title: 'x', startsAt: 'tomorrow' } },
    );
    expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_VARIABLE');
  });
});

describe('access', () => {
  test('a field outside the granted scopes is denied, the rest is answered', async () => {
    const sandbox = await sandboxForTest({ appConfig: { ...appConfig, scopes: ['read_products'] } });
    const answer = await (
      await api(sandbox)
    )('{ shop { name } products(first: 1) { nodes { id } } currentAppInstallation { id } }');
    expect(answer.errors).toEqual([]);
    const denied = await (await api(sandbox))('{ orders(first: 1) { nodes { id } } }');
    expect(denied.errors[0]?.extensions?.['code']).toBe('ACCESS_DENIED');
  });

  test('writing another owner’s metafield needs the write scope', async () => {
    const sandbox = await sandboxForTest({ appConfig: { ...appConfig, scopes: ['read_products'] } });
    const ask = await api(sandbox);
    const product = [...sandbox.store.products.keys()][0] ?? '';
    const answer = await ask(
      'mutation($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { code } } }',
      { m: [{ ownerId: `gid://shopify/Product/${product}`, key: 'together', type: 'json', value: '{}' }] },
    );
    expect(answer.data['metafieldsSet']?.['userErrors']).toEqual([{ code: 'APP_NOT_AUTHORIZED' }]);
  });

  test('without read_all_orders only the last 60 days are seen', async () => {
    const sandbox = await sandboxForTest({
      appConfig: { ...appConfig, scopes: scopes.filter((scope) => scope !== 'read_all_orders') },
    });
    const answer = await (await api(sandbox))('{ ordersCount { count } }');
    const recent = [...sandbox.store.orders.values()].filter(
      (order) => Date.parse(order.createdAt) >= Date.now() - 60 * 86_400_000,
    );
    expect(answer.data['ordersCount']?.['count']).toBe(recent.length);
    expect(recent.length).toBeLessThan(sandbox.store.orders.size);
  });
});

describe('cost', () => {
  test('over 1000 points never runs', async () => {
    const answer = await (
      await api(await sandboxForTest())
    )('{ products(first: 250) { nodes { id variants(first: 100) { nodes { id product { id } } } } } }');
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'MAX_COST_EXCEEDED', maxCost: 1000 });
  });

  test('an empty bucket answers THROTTLED with the cost, and fills with time', async () => {
    let now = Date.parse('2026-11-20T12:00:00Z');
    const sandbox = await sandboxForTest({ bucket: { maximum: 60, restore: 10 }, clock: () => new Date(now) });
    const ask = await api(sandbox);
    const query = '{ products(first: 25) { nodes { id collections(first: 1) { nodes { id } } } } }';
    let answer = await ask(query);
    for (let tries = 0; tries < 10 && answer.errors.length === 0; tries += 1) answer = await ask(query);
    expect(answer.errors[0]?.extensions?.['code']).toBe('THROTTLED');
    expect(answer.cost.actualQueryCost).toBeNull();
    const missing = answer.cost.requestedQueryCost - answer.cost.throttleStatus.currentlyAvailable;
    expect(answer.cost.requestedQueryCost).toBeGreaterThan(60);
    now += (missing / 10) * 1000;
    expect((await ask('{ products(first: 25) { nodes { id } } }')).errors).toEqual([]);
  });
});

test('pages by updated_at follow each other without a gap while records move', async () => {
  const sandbox = await sandboxForTest();
  const ask = await api(sandbox);
  const query =
    'query($after: String) { products(first: 7, after: $after, sortKey: UPDATED_AT, query: "updated_at:>=\'2000-01-01T00:00:00Z\'") { nodes { id updatedAt } pageInfo { hasNextPage endCursor } } }';
  const before = new Set([...sandbox.store.products.keys()]);
  const seen: string[] = [];
  let after: unknown = null;
  for (let page = 0; ; page += 1) {
    const { data } = await ask(query, { after });
    const products = data['products'];
    seen.push(...(products?.['nodes'] as unknown as { id: string }[]).map((node) => node.id.split('/').at(-1) ?? ''));
    if (page === 1) {
      // The first product of the first page moves to the end: it is seen again, and nobody is missed.
      const moved = sandbox.store.products.get(seen[0] ?? '');
      if (moved !== undefined) sandbox.store.put('products', { ...moved, title: 'Moved' });
    }
    if ((products?.['pageInfo']?.['hasNextPage'] as unknown as boolean) === false) break;
    after = products?.['pageInfo']?.['endCursor'];
  }
  expect(new Set(seen)).toEqual(before);
  expect(seen.at(-1)).toBe(seen[0]);
});

describe('metafields', () => {
  const mutation =
    'mutation($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { metafields { namespace key value } userErrors { field code elementIndex } } }';

  test('all or nothing', async () => {
    const sandbox = await sandboxForTest();
    const ask = await api(sandbox);
    const [a = '', b = ''] = [...sandbox.store.products.keys()].map((id) => `gid://shopify/Product/${id}`);
    const good = {
      ownerId: a,
      namespace: '$app',
      key: 'together',
      type: 'list.product_reference',
      value: JSON.stringify([b]),
    };
    const refused = await ask(mutation, { m: [good, { ...good, value: '["gid://shopify/Product/1"]' }] });
    expect(refused.data['metafieldsSet']?.['userErrors']).toEqual([
      { field: ['metafields', '1', 'value'], code: 'INVALID_VALUE', elementIndex: 1 },
    ]);
    expect(sandbox.store.metafields.size).toBe(0);
    await ask(mutation, { m: [good] });
    const read = await ask(
      'query($id: ID!) { product(id: $id) { metafield(namespace: "$app", key: "together") { jsonValue } } }',
      { id: a },
    );
    expect(read.data['product']?.['metafield']?.['jsonValue']).toEqual([b]);
  });

  test('at most 25 at once', async () => {
    const sandbox = await sandboxForTest();
    const owner = `gid://shopify/Product/${[...sandbox.store.products.keys()][0] ?? ''}`;
    const answer = await (
      await api(sandbox)
    )(mutation, {
      m: Array.from({ length: 26 }, (_, index) => ({
        ownerId: owner,
        key: `key-${index.toString()}`,
        type: 'json',
        value: '1',
      })),
    });
    expect(answer.data['metafieldsSet']?.['userErrors']).toMatchObject([{ code: 'LESS_THAN_OR_EQUAL_TO' }]);
  });
});

test('a discount needs a released Function and a title of its own', async () => {
  const ask = await api(await sandboxForTest());
  const create =
    'mutation($d: DiscountAutomaticAppInput!) { discountAutomaticAppCreate(automaticAppDiscount: $d) { automaticAppDiscount { discountId status } userErrors { field code } } }';
  const functions = await ask('{ shopifyFunctions(first: 5) { nodes { handle apiType } } }');
  const handle = (functions.data['shopifyFunctions']?.['nodes'] as unknown as { handle: string }[])[0]?.handle;
  const discount = {
    title: 'Bundles',
    functionHandle: handle,
    startsAt: '2026-01-01T00:00:00Z',
    discountClasses: ['PRODUCT'],
    metafields: [{ namespace: '$app', key: 'config', type: 'json', value: '{"v":1}' }],
  };
  expect(
    (await ask(create, { d: { ...discount, functionHandle: 'nothing-here' } })).data['discountAutomaticAppCreate']?.[
      'userErrors'
    ],
  ).toEqual([{ field: ['automaticAppDiscount', 'functionHandle'], code: 'INVALID' }]);
  const made = await ask(create, { d: discount });
  expect(made.data['discountAutomaticAppCreate']).toMatchObject({
    automaticAppDiscount: { status: 'ACTIVE' },
    userErrors: [],
  });
  expect((await ask(create, { d: discount })).data['discountAutomaticAppCreate']?.['userErrors']).toEqual([
    { field: ['automaticAppDiscount', 'title'], code: 'TAKEN' },
  ]);
  const read = await ask(
    '{ automaticDiscountNodes(first: 5) { nodes { id metafield(namespace: "$app", key: "config") { value } automaticDiscount { __typename ... on DiscountAutomaticApp { title appDiscountType { functionId } } } } } }',
  );
  expect(read.data['automaticDiscountNodes']?.['nodes']).toMatchObject([
    { metafield: { value: '{"v":1}' }, automaticDiscount: { __typename: 'DiscountAutomaticApp', title: 'Bundles' } },
  ]);
});
