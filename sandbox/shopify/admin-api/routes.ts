import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { Shop } from '../shop.ts';
import { answerTokenRequest, readAccessToken } from '../oauth/tokens.ts';
import { runGraphql } from './execute.ts';

const apiVersion = '2026-10';
const requestShape = z.looseObject({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** A store's Admin side as the app reaches it: tokens, GraphQL and the files of bulk operations. */
export function adminApiRoutes(shopOf: (domain: string) => Shop | null): Hono {
  const app = new Hono();

  app.post('/shops/:domain/admin/oauth/access_token', async (c) => {
    const shop = shopOf(c.req.param('domain'));
    if (shop === null) return c.json({ errors: 'Not Found' }, 404);
    const form =
      c.req.header('content-type')?.includes('json') === true ? readJson(await c.req.text()) : await c.req.parseBody();
    const answer = answerTokenRequest(shop.store, shop.identity, form);
    return c.json(answer.body, answer.status);
  });

  app.post('/shops/:domain/admin/api/:version/graphql.json', async (c) => {
    const shop = shopOf(c.req.param('domain'));
    if (shop === null) return c.json({ errors: 'Not Found' }, 404);
    const { faults } = shop;
    if (faults.apiHang > 0) {
      faults.apiHang -= 1;
      await new Promise((done) => void c.req.raw.signal.addEventListener('abort', done));
      return c.body(null, 504);
    }
    if (faults.apiUnavailable > 0) {
      faults.apiUnavailable -= 1;
      return c.json({ errors: 'Service Unavailable' }, 503, { 'retry-after': '1' });
    }
    const token = readAccessToken(shop.store, c.req.header('x-shopify-access-token'));
    if (token === null)
      return c.json({ errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' }, 401);
    if (c.req.param('version') !== apiVersion) return c.json({ errors: 'Not Found' }, 404);
    const request = requestShape.safeParse(readJson(await c.req.text()));
    if (!request.success) return c.json({ errors: { query: 'Required parameter missing or invalid' } }, 400);
    if (faults.apiThrottle > 0) {
      faults.apiThrottle -= 1;
      const throttleStatus = { ...shop.bucket.status(), currentlyAvailable: 0 };
      return apiAnswer(c, {
        errors: [
          {
            message: 'Throttled',
            extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
          },
        ],
        extensions: { cost: { requestedQueryCost: 50, actualQueryCost: null, throttleStatus } },
      });
    }
    const { query, variables, operationName } = request.data;
    return apiAnswer(
      c,
      await runGraphql(
        { query, variables: variables ?? {}, operationName: operationName ?? null },
        shop.contextFor(token.scopes),
        shop.bucket,
      ),
    );
  });

  app.get('/shops/:domain/bulk/:id/:file', (c) => {
    const shop = shopOf(c.req.param('domain'));
    const path = shop?.bulk.fileOf(c.req.param('id'), c.req.param('file').replace(/\.jsonl$/, '')) ?? null;
    if (path === null) return c.text('AccessDenied', 403);
    return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream, 200, {
      'content-type': 'application/jsonl',
      'content-length': statSync(path).size.toString(),
    });
  });
  return app;
}

function apiAnswer(c: Context, body: object): Response {
  return c.json(body, 200, { 'x-shopify-api-version': apiVersion });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
