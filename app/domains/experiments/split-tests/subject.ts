import { z } from 'zod';
import { changesIn, widgetTests } from '#app/shared/widgets/registry.ts';

export const splitTestLimits = { title: 80, heading: 80, arms: 5, runningTests: 20, layer: 40, values: 16 } as const;

/** PostgreSQL's text cannot hold NUL. */
export const withoutNul = (text: string) => text.replaceAll('\0', '');
export const shortText = (longest: number, missing: string) =>
  z
    .string()
    .overwrite(withoutNul)
    .trim()
    .min(1, missing)
    .max(longest, `At most ${String(longest)} characters`);

export const suggestionSources = ['together', 'similar', 'popular'] as const;
/** Where the cart's suggestions may stand instead of where they stand today (end of the cart page, and drawer). */
export const cartPlaces = ['top', 'page', 'drawer'] as const;
/** What the cart's suggestions may be chosen for instead of what the merchant set. */
export const cartObjectives = ['clicks', 'revenue', 'margin'] as const;

export const testSubject = z.discriminatedUnion('type', [
  z.object({ type: z.literal('app'), id: z.literal('').default('') }),
  z.object({
    type: z.literal('widget'),
    id: z.enum(
      widgetTests.map((test) => test.id),
      'Choose what to test',
    ),
  }),
  z.object({ type: z.literal('bundle'), id: z.uuid('Choose a bundle') }),
  /** what a bundle gives */
  z.object({ type: z.literal('price'), id: z.uuid('Choose a bundle') }),
  /** where a widget stands */
  z.object({ type: z.literal('placement'), id: z.literal('cart', 'Choose what to test') }),
]);
export type TestSubject = z.output<typeof testSubject>;

const minor = z.int('Enter an amount').min(1, 'Enter more than 0').max(1e12, 'Enter a smaller amount');
const value = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('percentage'),
    basisPoints: z.int('Enter a percentage').min(1, 'Enter more than 0 %').max(10_000, 'Enter at most 100 %'),
  }),
  z.object({ type: z.literal('amount'), minor }),
  z.object({ type: z.literal('price'), minor }),
]);

/** What one arm makes of the subject. Nothing said = as it stands today. */
export const armChange = z
  .object({
    /** the subject is not shown */
    hide: z.literal(true).optional(),
    /** another heading of a widget, or another title of a bundle */
    title: shortText(splitTestLimits.heading, 'Enter a title').optional(),
    /** which list the block "bought together" shows first */
    source: z.enum(suggestionSources).optional(),
    /** what the cart's suggestions are chosen for */
    objective: z.enum(cartObjectives).optional(),
    /** where the cart's suggestions stand */
    place: z.enum(cartPlaces).optional(),
    /** what the bundle gives, tier by tier; amounts in minor units of the shop's currency */
    values: z.array(value).min(1, 'Enter what the bundle gives').max(splitTestLimits.values).optional(),
  })
  .refine((change) => !change.hide || Object.values(change).filter((value) => value !== undefined).length === 1, {
    error: 'What is hidden cannot have a title',
    path: ['hide'],
  });
export type ArmChange = z.output<typeof armChange>;

/** Kinds of change in one order, so that equal changes are equal texts. */
export const changes = ['hide', 'title', 'source', 'objective', 'place', 'values'] as const;
type ChangeKind = (typeof changes)[number];

export const sameChange = (a: ArmChange, b: ArmChange): boolean =>
  changes.every((kind) => JSON.stringify(a[kind]) === JSON.stringify(b[kind]));

/** What an arm may make of a subject. */
export function changesOf({ type, id }: TestSubject): readonly ChangeKind[] {
  switch (type) {
    case 'app':
      return ['hide'];
    case 'price':
      return ['values'];
    case 'placement':
      return ['place'];
    case 'bundle':
      return ['title', 'hide'];
    case 'widget':
      return changesIn(id);
  }
}

export const notPossible: Readonly<Record<ChangeKind, string>> = {
  hide: 'This is always shown',
  title: 'This has no title',
  source: 'Only “Bought together” has several lists',
  objective: 'Only the suggestions in the cart are chosen anew for each visitor',
  place: 'Only the suggestions in the cart have several places',
  values: 'Choose the price of a bundle to test prices',
};
