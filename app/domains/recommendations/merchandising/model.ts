import { z } from 'zod';
import { collectionsMeant, chosenIds, meantOptions, mostNames, plainName } from '#app/infra/meant-schema.ts';
import type { MeantFacts } from '#app/shared/products-meant.ts';
import { storedSurfaces, type Suggestion } from '../model.ts';

/** Limits of one rule and of a shop's list of them; an answer looks at every rule, so there must be an end. */
export const ruleLimits = { titleLength: 80, names: mostNames, rules: 200, strengthPercent: 1000 } as const;

/** Where a rule can speak: the cart answer and every stored list. */
export const ruleSurfaces = ['cart', ...storedSurfaces] as const;
export type RuleSurface = (typeof ruleSurfaces)[number];

/**
 * pin: to the front · boost and bury: more or less likely by `strengthPercent` · exclude: never ·
 * suggest: to the front where the condition holds, with the bundle that gives the saving.
 */
export const ruleActions = ['pin', 'boost', 'bury', 'exclude', 'suggest'] as const;
export type RuleAction = (typeof ruleActions)[number];

/** Which products. */
export const ruleTargetSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('products'), ids: chosenIds('product') }),
    collectionsMeant,
    ...meantOptions,
  ])
  .superRefine((target, context) => {
    if (!('from' in target)) return;
    if (target.from === null && target.to === null)
      context.addIssue({ code: 'custom', path: ['from'], message: 'Enter at least one end' });
    if (target.from !== null && target.to !== null && target.from > target.to)
      context.addIssue({ code: 'custom', path: ['to'], message: 'The upper end lies below the lower one' });
  });
export type RuleTarget = z.output<typeof ruleTargetSchema>;

/** A year that every part holds: PostgreSQL knows no year 0, and text of years above 9999 is read differently. */
const isUsual = (at: Date | null): boolean => at === null || (at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999);
const instant = z
  .union([z.iso.datetime({ offset: true, error: 'Enter a date and time' }), z.literal(''), z.null()])
  .transform((text) => (text === '' || text === null ? null : new Date(text)))
  .refine(isUsual, 'Enter a date of another year');

/** What the editor sends. Messages are for the merchant and belong to the field named by the issue's path. */
export const ruleFormSchema = z
  .object({
    title: plainName.max(ruleLimits.titleLength, `At most ${ruleLimits.titleLength} characters`),
    action: z.enum(ruleActions),
    status: z.enum(['on', 'off']),
    surfaces: z
      .array(z.enum(ruleSurfaces))
      .min(1, 'Choose at least one place')
      .transform((all) => ruleSurfaces.filter((surface) => all.includes(surface))),
    target: ruleTargetSchema,
    /** the cart or the product page must hold one of these; null = always */
    condition: ruleTargetSchema.nullable(),
    /** boost and bury: 100 = twice as likely, or half as likely */
    strengthPercent: z
      .int('Enter a whole number')
      .min(0, 'At least 0')
      .max(ruleLimits.strengthPercent, `At most ${ruleLimits.strengthPercent} %`),
    /** suggest: the bundle whose saving the shopper gets; null = no saving */
    bundleId: z.uuid('Choose a bundle').nullable(),
    /** suggest: percent off what is suggested, in basis points, by an offer of the rule's own; 0 = none */
    savingBps: z
      .int('Enter a percentage with at most 2 decimals')
      .min(0, 'At least 0')
      .max(10_000, 'At most 100 %')
      .default(0),
    /** ISO 8601 with offset, or empty */
    startsAt: instant,
    endsAt: instant,
  })
  .superRefine((form, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (form.action === 'suggest' && form.condition === null)
      refuse('condition', 'Say what must be in the cart for this suggestion');
    if (form.action === 'suggest' && !form.surfaces.some((surface) => surface === 'cart' || surface === 'together'))
      refuse('surfaces', 'Such a suggestion shows in the cart or beside a product');
    if (form.action === 'suggest' && form.savingBps > 0) {
      const message = 'A saving is not for all products: say which';
      if (form.target.kind === 'all') refuse('target', message);
      if (form.condition?.kind === 'all') refuse('condition', message);
    }
    if ((form.action === 'boost' || form.action === 'bury') && form.strengthPercent === 0)
      refuse('strengthPercent', 'Enter more than 0 %');
    if (form.action === 'exclude' && form.target.kind === 'all')
      refuse('target', 'This would leave nothing to suggest');
    if (form.startsAt && form.endsAt && form.startsAt >= form.endsAt)
      refuse('endsAt', 'The end must come after the start');
  })
  .transform((form) => ({
    ...form,
    strengthPercent: form.action === 'boost' || form.action === 'bury' ? form.strengthPercent : 0,
    savingBps: form.action === 'suggest' ? form.savingBps : 0,
    bundleId: form.action === 'suggest' && form.savingBps === 0 ? form.bundleId : null,
  }));

/** What the editor holds (dates as ISO text) and what it becomes once parsed (dates as instants). */
export type RuleFormInput = z.input<typeof ruleFormSchema>;
export type RuleForm = z.output<typeof ruleFormSchema>;

export interface Rule extends RuleForm {
  readonly id: string;
  /** 0 goes first */
  readonly position: number;
  /** counts up with every change; send back the one you saw */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Where a rule stands now: its status, refined by its dates. */
export type RulePhase = 'off' | 'scheduled' | 'live' | 'expired';

/** Where a customer can meet what they have: the rules' surfaces, and the offers after a purchase. */
export const ownedSurfaces = [...ruleSurfaces, 'after-purchase'] as const;
export type OwnedSurface = (typeof ownedSurfaces)[number];

const owned = z.enum(['hide', 'show']);
const diversityPercent = z.int('Enter a whole number').min(0, 'At least 0').max(100, 'At most 100');

export const merchandisingSettingsSchema = z.object({
  /** clicks: chance times how often the product is clicked on · revenue and margin: chance times value */
  objective: z.enum(['clicks', 'revenue', 'margin']),
  /** exponent of the value in percent: 0 = chance alone, 100 = expected value */
  objectivePercent: z.int('Enter a whole number').min(0, 'At least 0').max(100, 'At most 100'),
  /** 0 = by score alone, 100 = as different from each other as can be */
  diversityPercent,
  /** where a surface differs from that */
  surfaces: z
    .partialRecord(
      z.enum(ownedSurfaces),
      z.object({ diversityPercent: diversityPercent.exactOptional(), owned: owned.exactOptional() }),
    )
    .optional(),
  /** durable products that the customer has: left out or not. What is used up comes back at its own rhythm. */
  owned,
});
export type MerchandisingSettings = z.output<typeof merchandisingSettingsSchema>;

/** What holds on one surface. */
export function settingsOn(settings: MerchandisingSettings, surface: OwnedSurface): MerchandisingSettings {
  return { ...settings, ...settings.surfaces?.[surface] };
}

/** Until the merchant says otherwise. */
export const defaultMerchandising: MerchandisingSettings = {
  objective: 'clicks',
  objectivePercent: 50,
  diversityPercent: 0,
  owned: 'hide',
};

/** A product as rules see it. */
export interface RuleProduct extends MeantFacts {
  readonly id: string;
}

/** What moved a suggestion away from where the model had it. */
export type Adjustment =
  | { readonly kind: 'pinned' | 'boosted' | 'buried'; readonly ruleId: string; readonly title: string }
  | {
      readonly kind: 'suggested';
      readonly ruleId: string;
      readonly title: string;
      readonly bundleId: string | null;
    }
  | { readonly kind: 'valued'; readonly by: 'clicks' | 'revenue' | 'margin' }
  | { readonly kind: 'diversified' }
  /** it is what was asked about: a box begins with the page's own product */
  | { readonly kind: 'asked' }
  | { readonly kind: 'wanted'; readonly by: WantedBy | null };

/** What the visitor did that speaks loudest for a suggestion. */
export type WantedBy =
  | { readonly kind: 'looked-at'; readonly productId: string; readonly title: string }
  | { readonly kind: 'searched'; readonly word: string };

export interface AdjustedSuggestion extends Suggestion {
  /** in the order in which they were applied; empty where the model had its way */
  readonly adjustments: readonly Adjustment[];
}

export type RuleResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: 'invalid' | 'conflict' | 'not-found' | 'limit';
      readonly message: string;
      /** by field path, where `code` is 'invalid' */
      readonly fields?: Readonly<Record<string, string>>;
    };
