import { expect, it } from 'vitest';
import { topicWords } from './topic-words.ts';

it.each([
  ['orders/create', 'Order created'],
  ['app/scopes_update', 'App permissions changed'],
  ['customers/redact', 'Customer to be erased'],
  ['fulfillment_holds/added', 'fulfillment holds added'],
  ['', ''],
  ['order.restored', 'Order restored'],
  ['product.created', 'Product created'],
])('%j', (topic, words) => {
  expect(topicWords(topic)).toBe(words);
});
