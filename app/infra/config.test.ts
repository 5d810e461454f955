import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const good = {
  DATABASE_URL: 'postgresql://app@127.0.0.1/trellis',
  SHOPIFY_API_KEY: 'key',
  SHOPIFY_API_SECRET: 'hush',
  SHOPIFY_APP_URL: 'https://app.example',
  ENCRYPTION_KEYS: 'a:secret',
};

test('the least that must be set', () => {
  expect(readConfig(good)).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', QUEUE_DASHBOARD: 'off' });
});

describe('a wrong setting is named in the sentence, its value is not', () => {
  test.each([
    ['DATABASE_URL', 'mysql://root:hush@db'],
    ['SHOPIFY_APP_URL', 'hush'],
    ['SHOPIFY_ORIGIN', 'https://hush.example'],
    ['PORT', '70000'],
    // Four inboxes each hold a connection with their lock, and their work needs others.
    ['DATABASE_POOL', '5'],
    ['TRUSTED_PROXIES', '-1'],
    ['QUEUE_DASHBOARD', 'hush'],
  ])('%s=%s', (name, value) => {
    const read = () => readConfig({ ...good, [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`^Trellis cannot start, these settings are wrong: ${name}: (?!.*hush)`));
  });
});
