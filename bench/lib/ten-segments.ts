import { type Rule, type SegmentDraft, segmentDraft, segmentTemplates } from '#app/domains/segments/index.ts';

const draft = (name: string, ...of: Rule[]): SegmentDraft =>
  segmentDraft.parse({ name, definition: { kind: 'group', match: 'all', of } });

const bought = (products: readonly string[], did = 'yes', days: number | null = null): Rule => ({
  kind: 'bought-product',
  values: { did, products, days },
});

/** Segments as shops have them: the templates, and some that look into the lines of orders. */
export const tenSegments: readonly SegmentDraft[] = [
  ...segmentTemplates(50_000).map(({ name, definition }) => segmentDraft.parse({ name, definition })),
  draft('Bought one of three products', bought(['p1', 'p2', 'p3'])),
  draft('Bought one, not the other', bought(['p4']), bought(['p5'], 'no')),
  draft('Bought a product this year', bought(['p6'], 'yes', 365)),
  draft('Spent much in half a year', { kind: 'spend', values: { compare: 'at-least', minor: 20_000, days: 180 } }),
];
