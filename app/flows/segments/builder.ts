import {
  type ConditionForm,
  conditionForms,
  findOwnSegment,
  readGoodSpend,
  readShopOptions,
  type RuleGroup,
  segmentTemplates,
} from '#app/domains/segments/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';
import { type Names, namesIn, readTiers } from './names.ts';
import { readSegmentUses, type SegmentUses } from './segment-uses.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** Everything that the page of one segment needs. */
export interface BuilderPage {
  /** another segment, or another beginning of a new one, is another form */
  readonly key: string;
  readonly id: string | null;
  readonly revision: number;
  readonly name: string;
  /** null = nothing was chosen yet */
  readonly definition: RuleGroup | null;
  readonly forms: readonly ConditionForm[];
  readonly options: Readonly<
    Record<'vendors' | 'product-tags' | 'customer-tags' | 'countries' | 'regions' | 'tiers', Option[]>
  >;
  readonly names: Names;
  /** what goes to it */
  readonly offers: SegmentUses['offers'];
  readonly templates: readonly { readonly id: string; readonly name: string }[];
  readonly currency: string;
}

const regions = new Intl.DisplayNames('en', { type: 'region' });

/** `US-CA` → `CA, United States`. */
function regionLabel(value: string): string {
  const [country = '', part = ''] = [value.slice(0, 2), value.slice(3)];
  return `${part}, ${regions.of(country) ?? country}`;
}

/**
 * The page of a segment, of a new one, or of one that begins as another or as a template.
 * @returns null where there is no such segment
 */
export async function readBuilder(
  scope: ShopScope,
  { currency }: Pick<Shop, 'currency'>,
  wish: { readonly id: string | null; readonly from: string | null; readonly template: string | null },
): Promise<BuilderPage | null> {
  const known = wish.id ?? wish.from;
  const found = known !== null && isUuid(known) ? await findOwnSegment(scope, known) : null;
  if (wish.id !== null && (!found || found.archived)) return null;
  // A round amount reads better than where the best fifth begins.
  const templates = segmentTemplates(roundAmount(await readGoodSpend(scope)));
  const template = templates.find(({ id }) => id === wish.template);
  const definition = found ? found.definition : (template?.definition ?? null);
  const some = await readShopOptions(scope);
  const plain = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: value }));
  return {
    key: `${wish.id ?? 'new'} ${wish.from ?? ''} ${wish.template ?? ''}`,
    id: wish.id,
    revision: wish.id === null ? 0 : (found?.revision ?? 0),
    name: found ? (wish.id === null ? `${found.name} (copy)` : found.name) : (template?.name ?? ''),
    definition,
    forms: conditionForms,
    options: {
      vendors: plain(some.vendors),
      'product-tags': plain(some.productTags),
      'customer-tags': plain(some.customerTags),
      countries: some.countries.map((value) => ({ value, label: regions.of(value) ?? value })),
      regions: some.regions.map((value) => ({ value, label: regionLabel(value) })),
      tiers: (await readTiers(scope)).map(({ id, name }) => ({ value: id, label: name })),
    },
    names: definition ? await namesIn(scope, [definition]) : {},
    offers: (wish.id !== null && (await readSegmentUses(scope)).get(wish.id)?.offers) || [],
    templates: templates.map(({ id, name }) => ({ id, name })),
    currency,
  };
}

/** One, two or five with zeros. */
function roundAmount(minor: number): number {
  if (minor < 1) return 10_000;
  const power = 10 ** Math.floor(Math.log10(minor));
  const first = minor / power;
  return (first < 2 ? 1 : first < 5 ? 2 : 5) * power;
}
