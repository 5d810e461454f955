import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65535);
const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;
const environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** PostgreSQL as the role that the app runs as: no superuser, so that row-level security holds. */
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://'),
  /** The role that owns the tables and runs migrations; the app's own role where it is not given. */
  DATABASE_ADMIN_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  /** Beside these a process opens one for each lock that it holds, up to three times as many. */
  DATABASE_POOL: z.coerce.number().int().min(6).max(200).default(10),
  /** Queue, cache, limits and locks on Redis; PostgreSQL and the process itself without it. */
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must start with redis://')
    .optional(),
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(1),
  /** Where merchants' browsers and Shopify reach this app. */
  SHOPIFY_APP_URL: z.url(),
  /** Where a shop's APIs live; `{shop}` is replaced by its domain. The sandbox puts itself here. */
  SHOPIFY_ORIGIN: z
    .string()
    .regex(/^https?:\/\/.*\{shop\}/, 'must be a URL with {shop} in it')
    .default('https://{shop}'),
  /** Who may frame the app beside the shop's own domain, space separated (the sandbox's admin shell). */
  SHOPIFY_FRAME_ANCESTORS: z.string().default('https://admin.shopify.com'),
  APP_BRIDGE_URL: z.url().default('https://cdn.shopify.com/shopifycloud/app-bridge.js'),
  /** WooCommerce stores on this machine, by plain http: for development and for the sandbox. */
  WOOCOMMERCE_LOCAL_STORES: z.enum(['on', 'off']).default('off'),
  /** `id:base64key` pairs, comma separated, 32 bytes each; the first one seals, all of them open. */
  ENCRYPTION_KEYS: z.string().min(1),
  /** A shop with more orders than this is trained in chunks of so many, by all workers; it changes the time alone. */
  TRAINING_CHUNK_ORDERS: z.coerce.number().int().min(1).default(500_000),
  /** What a web process may hold of models and products to answer carts from, MB. */
  SERVING_MEMORY_MB: z.coerce.number().int().min(16).max(16_384).default(512),
  /** The mail server: `smtp://user:password@host:587`, `smtps://` for TLS from the start. Mails wait without it. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/]+/, 'must start with smtp://')
    .optional(),
  /** The address that mails come from; its domain should allow the mail server by SPF and DKIM. */
  MAIL_FROM: z
    .string()
    .regex(/^[^\s@<>"]+@[^\s@<>"]+$/, 'must be an e-mail address')
    .default('trellis@localhost'),
  /** What the mail server takes: mails a minute in all, and of one shop. */
  MAIL_RATE: z.coerce.number().int().min(1).default(1200),
  MAIL_SHOP_RATE: z.coerce.number().int().min(1).default(300),
  /** With this key the mail provider signs what it reports of bounces and complaints; without it reports are refused. */
  MAIL_REPORTS_SECRET: z.string().min(16).optional(),
  MAILGUN_SIGNING_KEY: z.string().min(16).optional(),
  /** Proxies of ours that a request comes through; each appends the address that it saw to `X-Forwarded-For`. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(1),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  QUEUE_DASHBOARD: z.enum(['on', 'off']).default('off'),
});

export type Config = Readonly<z.infer<typeof environment>> & { readonly SHOPIFY_FRAME: readonly string[] };

/** A wrong or missing variable; the message names each one in a sentence and holds no value. */
export class ConfigError extends Error {}

/**
 * Parses the process's environment. This file is the only one that reads it (lint enforces that).
 * @throws ConfigError with one line for each wrong variable
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Trellis cannot start, these settings are wrong: ${lines.join('; ')}`);
  }
  return { ...parsed.data, SHOPIFY_FRAME: parsed.data.SHOPIFY_FRAME_ANCESTORS.split(/\s+/).filter(Boolean) };
}
