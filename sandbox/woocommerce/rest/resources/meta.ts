import { z } from 'zod';
import type { WooMeta } from '../../model.ts';
import { invalidParams } from '../answer.ts';

export const metaInput = z.array(
  z.object({ id: z.number().optional(), key: z.string().optional(), value: z.unknown().optional() }),
);

/** Meta by its id or, without one, by its key (a second value under a known key is not added); null removes. */
export function mergeMeta(
  known: readonly WooMeta[],
  input: z.infer<typeof metaInput>,
  nextId: () => number,
): WooMeta[] {
  const merged = known.map((meta) => ({ ...meta }));
  for (const change of input) {
    const at = merged.findIndex((meta) => (change.id === undefined ? meta.key === change.key : meta.id === change.id));
    const found = merged[at];
    if (change.value === null) {
      if (found !== undefined) merged.splice(at, 1);
    } else if (found !== undefined) {
      found.key = change.key ?? found.key;
      found.value = change.value ?? '';
    } else if (change.key !== undefined) merged.push({ id: nextId(), key: change.key, value: change.value ?? '' });
  }
  return merged;
}

/** @throws RestError `rest_invalid_param` naming the fields that have another type */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidParams(
    Object.fromEntries(
      parsed.error.issues.map((issue) => {
        const name = String(issue.path[0] ?? 'body');
        return [name, `${issue.path.map(String).join('.')} is not of the right type.`];
      }),
    ),
  );
}
