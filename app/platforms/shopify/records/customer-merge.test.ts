import { expect, test } from 'vitest';
import { parseWebhook } from './webhook-events.ts';

const told = (status: string, kept = 'gid://shopify/Customer/9007199254740993') =>
  JSON.stringify({
    admin_graphql_api_customer_kept_id: kept,
    admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/2',
    admin_graphql_api_job_id: null,
    status,
    errors: [],
  });

test('a merge counts once it is done, by ids of any length', () => {
  expect(parseWebhook('customers/merge', told('completed'))).toEqual({
    type: 'customer-merged',
    id: '9007199254740993',
    from: '2',
  });
  for (const status of ['requested', 'in_progress', 'failed'])
    expect(parseWebhook('customers/merge', told(status))).toBeNull();
  expect(() => parseWebhook('customers/merge', told('completed', 'gid://shopify/Order/1'))).toThrow('cannot be read');
});
