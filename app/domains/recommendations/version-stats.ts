import { z } from 'zod';
import { blendIds, blendValidationSchema } from './model.ts';

/** What is remembered of a training beside its lists (`recommendation_version.stats`). */
export const versionStatsSchema = z.object({
  report: z.object({
    products: z.number(),
    customers: z.number(),
    orders: z.number(),
    pairs: z.number(),
    linear: z.boolean(),
    blends: z.array(
      z.object({
        surface: z.enum(blendIds),
        cases: z.number(),
        weights: z.record(z.string(), z.number()),
        validation: blendValidationSchema.nullable().default(null),
      }),
    ),
    views: z.object({ visits: z.number(), cases: z.number(), weight: z.number() }).nullable().default(null),
  }),
  lists: z.number(),
  perSource: z.record(z.string(), z.number()),
  seconds: z.number(),
  /** ISO instant of the last order that taught; null for a shop without orders */
  lastOrderAt: z.string().nullable(),
});

export type VersionStats = z.infer<typeof versionStatsSchema>;
