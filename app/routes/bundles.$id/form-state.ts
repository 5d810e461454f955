import type { AnyBundle, AnyBundleFormInput, BundleKind, Group } from '#app/domains/bundles/index.ts';
import type { ItemRole } from '#app/domains/incentives/index.ts';
import { fromLocalInput, toLocalInput } from '../../ui/local-time.ts';
import { kindEditors } from './kinds/index.ts';
import type { EditorValue } from '../../ui/typed.ts';

/** What the editor holds: texts as typed, so that a half-typed number is not lost. Each kind uses its part of it. */
export interface EditorForm {
  readonly title: string;
  readonly kind: BundleKind;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly status: 'draft' | 'active' | 'paused';
  readonly items: readonly EditorItem[];
  readonly collections: readonly EditorCollection[];
  /** what the rule of an offer names by what it is; changed there */
  readonly groups: readonly Group[];
  readonly value: EditorValue;
  readonly pickCount: string;
  readonly minUnits: string;
  readonly maxUnits: string;
  /** a box that the storefront fills for each visitor */
  readonly assembled: boolean;
  readonly per: 'mixed' | 'product';
  readonly buyUnits: string;
  readonly getUnits: string;
  readonly timesPerOrder: string;
  readonly trigger: 'buy' | 'subtotal';
  /** what was chosen for a place that the form does not show now; it is not sent, and comes back with its place */
  readonly aside: { readonly items: readonly EditorItem[]; readonly collections: readonly EditorCollection[] };
  readonly triggerAmount: string;
  readonly tiers: readonly EditorTier[];
}

export interface EditorItem {
  readonly productId: string;
  readonly variantId: string | null;
  readonly quantity: string;
  readonly role: ItemRole;
}

export interface EditorCollection {
  readonly collectionId: string;
  readonly role: 'part' | 'buy' | 'get';
}

export interface EditorTier {
  /** tells the rows apart, whatever their order */
  readonly key: string;
  /** units, or the amount that the cart must reach */
  readonly at: string;
  readonly reward: 'order-discount' | 'free-shipping' | 'gift';
  readonly value: EditorValue;
  readonly gift: { readonly productId: string; readonly variantId: string | null } | null;
}

export interface ShopUnits {
  readonly currency: string;
  readonly timeZone: string;
}

export const emptyForm: EditorForm = {
  title: '',
  kind: 'fixed',
  startsAt: '',
  endsAt: '',
  status: 'active',
  items: [],
  collections: [],
  groups: [],
  value: { type: 'percentage', percent: '10', amount: '' },
  pickCount: '3',
  minUnits: '3',
  maxUnits: '6',
  assembled: false,
  per: 'mixed',
  buyUnits: '2',
  getUnits: '1',
  timesPerOrder: '1',
  trigger: 'subtotal',
  aside: { items: [], collections: [] },
  triggerAmount: '',
  tiers: [],
};

/** A new form of a kind, with what most merchants begin with. */
export function startForm(kind: BundleKind): EditorForm {
  return { ...emptyForm, kind, ...kindEditors[kind].start };
}

/** Puts a stored bundle of any kind into the editor's texts. */
export function toEditorForm(bundle: AnyBundle, shop: ShopUnits): EditorForm {
  return {
    ...startForm(bundle.kind),
    title: bundle.title,
    startsAt: bundle.startsAt ? toLocalInput(bundle.startsAt, shop.timeZone) : '',
    endsAt: bundle.endsAt ? toLocalInput(bundle.endsAt, shop.timeZone) : '',
    status: bundle.status,
    items: bundle.items.map(({ productId, variantId, quantity, role = 'part' }) => ({
      productId,
      variantId,
      quantity: String(quantity),
      role,
    })),
    collections: 'collections' in bundle ? bundle.collections : [],
    groups: 'groups' in bundle ? bundle.groups : [],
    ...kindEditors[bundle.kind].read(bundle, shop.currency),
  };
}

/** What is sent to the server; its schema decides what is valid. Unreadable numbers become null in JSON. */
export function toFormInput(form: EditorForm, shop: ShopUnits): AnyBundleFormInput {
  const moment = (text: string): string =>
    text === '' ? '' : (fromLocalInput(text, shop.timeZone)?.toISOString() ?? text);
  return {
    title: form.title,
    startsAt: moment(form.startsAt),
    endsAt: moment(form.endsAt),
    status: form.status,
    ...kindEditors[form.kind].write(form, shop.currency),
  };
}

/** Puts the picker's answer in place of a role's rows, keeping the quantity of rows that stay. */
export function withPicked(
  form: EditorForm,
  picked: readonly { productId: string; variantId: string | null }[],
  role: ItemRole = 'part',
): EditorForm {
  const items = picked.map(({ productId, variantId }) => {
    const before = form.items.find(
      (item) => item.productId === productId && item.variantId === variantId && item.role === role,
    );
    return before ?? { productId, variantId, quantity: '1', role };
  });
  return { ...form, items: [...form.items.filter((item) => item.role !== role), ...items] };
}

const offerParts = ['items', 'collections', 'kind'] as const;
const partsOf: Readonly<Record<string, readonly (keyof EditorForm)[]>> = {
  discount: ['value', ...offerParts],
  items: [...offerParts, 'trigger'],
  collections: offerParts,
  pickCount: ['pickCount', 'kind'],
  startsAt: ['startsAt'],
  endsAt: ['startsAt', 'endsAt'],
  'terms.tiers': ['tiers', 'minUnits', 'maxUnits', 'kind'],
  'terms.value': ['value', 'kind'],
  'terms.basisPoints': ['value', 'kind'],
  'terms.trigger': ['trigger', 'triggerAmount', 'buyUnits', 'kind'],
  'terms.minUnits': ['minUnits', 'maxUnits', 'kind'],
  'terms.maxUnits': ['minUnits', 'maxUnits', 'kind'],
};

/**
 * Whether a message about `field` (a path such as "items.0.quantity") that was given for `then` still speaks
 * of what the form holds `now`. An outdated one must not show up: it would be wrong, and the page would jump.
 */
export function stillApplies(field: string, then: EditorForm, now: EditorForm): boolean {
  const [first = '', second = ''] = field.split('.');
  const name = first === 'terms' ? second : first;
  const parts =
    partsOf[first === 'terms' ? `terms.${second}` : first] ?? (name in now ? [name as keyof EditorForm] : []);
  return parts.every((part) => then[part] === now[part]);
}
