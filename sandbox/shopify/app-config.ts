import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { z } from 'zod';

const subscription = z.looseObject({
  topics: z.array(z.string()).default([]),
  compliance_topics: z.array(z.enum(['customers/data_request', 'customers/redact', 'shop/redact'])).default([]),
  uri: z.string(),
  include_fields: z.array(z.string()).optional(),
  filter: z.string().optional(),
  name: z.string().max(50).optional(),
});

const configFile = z.looseObject({
  name: z.string().max(30),
  application_url: z.string(),
  embedded: z.boolean(),
  access_scopes: z.looseObject({ scopes: z.string().default(''), optional_scopes: z.array(z.string()).default([]) }),
  webhooks: z.looseObject({ api_version: z.string(), subscriptions: z.array(subscription).default([]) }),
  app_proxy: z
    .looseObject({ url: z.string(), subpath: z.string(), prefix: z.enum(['a', 'apps', 'community', 'tools']) })
    .optional(),
});

export interface WebhookSubscription {
  readonly topic: string;
  readonly uri: string;
  readonly includeFields: readonly string[] | null;
  readonly name: string | null;
}

/** What the app declares to Shopify in shopify.app.toml. */
export interface AppConfig {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly optionalScopes: readonly string[];
  readonly webhookApiVersion: string;
  readonly subscriptions: readonly WebhookSubscription[];
}

/**
 * Reads shopify.app.toml and refuses what `shopify app deploy` refuses.
 * @throws when a field is wrong, a topic is subscribed twice at one address or a filter is used
 */
export function readAppConfig(path: string): AppConfig {
  const file = configFile.parse(parse(readFileSync(path, 'utf8')));
  const subscriptions = file.webhooks.subscriptions.flatMap((entry) => {
    if (entry.filter !== undefined) throw new Error(`${path}: the sandbox does not know webhook filters`);
    return [...entry.topics, ...entry.compliance_topics].map((topic): WebhookSubscription => ({
      topic,
      uri: entry.uri,
      includeFields: entry.include_fields ?? null,
      name: entry.name ?? null,
    }));
  });
  const seen = new Set<string>();
  for (const { topic, uri } of subscriptions) {
    if (seen.has(`${topic} ${uri}`)) throw new Error(`${path}: ${topic} is subscribed twice at ${uri}`);
    seen.add(`${topic} ${uri}`);
  }
  const words = (text: string): string[] =>
    text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
  return {
    name: file.name,
    scopes: words(file.access_scopes.scopes),
    optionalScopes: file.access_scopes.optional_scopes,
    webhookApiVersion: file.webhooks.api_version,
    subscriptions,
  };
}
