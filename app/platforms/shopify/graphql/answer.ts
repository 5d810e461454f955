import { z } from 'zod';
import { PlatformRefusal } from '#app/platforms/platform.ts';

const graphqlError = z.object({
  message: z.string(),
  extensions: z.object({ code: z.string().optional() }).loose().optional(),
});

/** The envelope of every answer of the Admin API. */
export const envelope = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  // Shopify answers some refusals (a revoked token, a closed shop) with a bare string here.
  errors: z
    .union([z.array(graphqlError), z.string().transform((message) => [{ message, extensions: undefined }])])
    .optional(),
  extensions: z
    .object({
      cost: z
        .object({
          requestedQueryCost: z.number().nullish(),
          throttleStatus: z.object({
            maximumAvailable: z.number(),
            currentlyAvailable: z.number(),
            restoreRate: z.number(),
          }),
        })
        .optional(),
    })
    .loose()
    .optional(),
});

export type Envelope = z.infer<typeof envelope>;

export type Verdict = 'fine' | 'throttled' | 'transient' | { readonly refusal: PlatformRefusal };

/** Second layer: what the `errors` of an HTTP 200 mean. */
export function judgeErrors(answer: Envelope): Verdict {
  const errors = answer.errors ?? [];
  const first = errors[0];
  if (!first) return answer.data ? 'fine' : { refusal: new PlatformRefusal('EMPTY', 'Shopify answered without data') };
  const codes = errors.map((error) => error.extensions?.code ?? '');
  if (codes.includes('THROTTLED')) return 'throttled';
  if (codes.includes('INTERNAL_SERVER_ERROR') || codes.includes('TIMEOUT')) return 'transient';
  // Protected customer data that is not approved: the field is null, an error says so, the rest is good.
  const withheld = errors.every((error) => /not approved to (access|use)/i.test(error.message));
  if (withheld && answer.data) return 'fine';
  return { refusal: new PlatformRefusal(codes[0] || 'GRAPHQL_ERROR', first.message.slice(0, 500)) };
}

export const userErrors = z.array(
  z.object({ field: z.array(z.string()).nullish(), message: z.string(), code: z.string().nullish() }),
);

/** What a product page is written to may be gone already: its deletion has not been heard of yet. */
export function isOwnerGone(error: z.infer<typeof userErrors>[number]): boolean {
  return /owner (does not exist|not found|could not be found)/i.test(error.message);
}

/** Third layer: throws when a mutation was answered with `userErrors`. */
export function refuseUserErrors(name: string, errors: z.infer<typeof userErrors>): void {
  const first = errors[0];
  if (!first) return;
  const where = first.field?.join('.') ?? name;
  throw new PlatformRefusal(first.code ?? 'USER_ERROR', `${where}: ${first.message}`.slice(0, 500));
}
