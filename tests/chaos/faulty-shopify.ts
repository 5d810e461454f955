import { z } from 'zod';
import { listen } from '#tests/setup/listen.ts';

/** What happens to one call of the Admin API in place of its answer. `user-error` answers `metafieldsSet`. */
export type Fault = 'throttled' | 'unavailable' | 'lost-question' | 'lost-answer' | 'internal-error' | 'user-error';

export interface FaultyShopify {
  /** in place of the sandbox's address */
  readonly url: string;
  /** decides for each call, by the name of its operation; null lets it through */
  decide(next: (operation: string) => Fault | null): void;
  /** what was done, by fault */
  readonly done: Map<Fault, number>;
  close(): Promise<void>;
}

const operationShape = z.object({ query: z.string() });

/** A road to the pretend Shopify on which calls and answers get lost. */
export async function startFaultyShopify(sandboxUrl: string): Promise<FaultyShopify> {
  let next: (operation: string) => Fault | null = () => null;
  const done = new Map<Fault, number>();
  const server = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void answer(Buffer.concat(chunks));
    });
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    async function answer(body: Buffer): Promise<void> {
      const isGraphql = request.url?.endsWith('/graphql.json') === true;
      const operation = isGraphql
        ? (/(?:query|mutation)\s+(\w+)/.exec(operationShape.parse(JSON.parse(body.toString())).query)?.[1] ?? '')
        : '';
      const fault = isGraphql ? next(operation) : null;
      if (fault) done.set(fault, (done.get(fault) ?? 0) + 1);
      switch (fault) {
        case 'throttled':
          json(200, {
            errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
            extensions: {
              cost: {
                requestedQueryCost: 10,
                throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 0, restoreRate: 200 },
              },
            },
          });
          return;
        case 'unavailable':
          json(503, { errors: 'Service Unavailable' });
          return;
        case 'internal-error':
          json(200, { errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
          return;
        case 'lost-question':
          response.destroy();
          return;
        case 'user-error':
          json(200, {
            data: {
              metafieldsSet: {
                userErrors: [{ field: ['metafields', '0'], message: 'is not good today', code: 'INVALID' }],
              },
            },
          });
          return;
        case 'lost-answer':
        case null: {
          const forwarded = await fetch(new URL(request.url ?? '/', sandboxUrl), {
            method: request.method ?? 'GET',
            headers: Object.entries(request.headers).flatMap(([name, value]) =>
              typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name)
                ? [[name, value] satisfies [string, string]]
                : [],
            ),
            ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
          });
          const bytes = Buffer.from(await forwarded.arrayBuffer());
          if (fault === 'lost-answer') response.destroy();
          else
            response
              .writeHead(forwarded.status, {
                'content-type': forwarded.headers.get('content-type') ?? 'application/json',
              })
              .end(bytes);
        }
      }
    }
  });
  return {
    url: server.url,
    done,
    decide: (decision) => {
      next = decision;
    },
    close: () => server.close(),
  };
}
