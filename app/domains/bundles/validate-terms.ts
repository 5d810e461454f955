import type { ItemRole } from '#app/domains/incentives/index.ts';
import { variantsOf } from './availability.ts';
import { type AnyBundleForm, type BundleItem, type BundleProduct, groupsOf } from './model.ts';
import { type Fields, validateItems } from './validate-items.ts';

type TermsForm = Exclude<AnyBundleForm, { kind: 'fixed' | 'mix-and-match' }>;

/** Checks what the schema cannot: tiers against each other, roles against the kind, gifts against the catalog. */
export function validateTerms(form: TermsForm, products: readonly BundleProduct[], fields: Fields): void {
  if (form.kind === 'cart-goals') validateGoals(form, products, fields);
  else validateItems(form.items, products, fields);
  switch (form.kind) {
    case 'build-a-box': {
      const { minUnits, maxUnits, tiers } = form.terms;
      needRoles(form, ['part'], fields);
      if (minUnits < 2) fields['terms.minUnits'] = 'A box needs at least 2 units';
      if (maxUnits < minUnits) fields['terms.maxUnits'] = 'The largest box must not be smaller than the smallest';
      ascending(tiers, 'units', fields);
      if (tiers[0] && tiers[0].units !== minUnits)
        fields['terms.tiers.0.units'] ??= 'The first tier starts at the smallest box';
      tiers.forEach((tier, index) => {
        if (tier.units > maxUnits) fields[`terms.tiers.${index}.units`] ??= 'No box is as large as that';
      });
      break;
    }
    case 'quantity-breaks':
      needRoles(form, ['part'], fields);
      ascending(form.terms.tiers, 'units', fields);
      form.terms.tiers.forEach(({ value }, index) => {
        const before = form.terms.tiers[index - 1]?.value;
        if (before && before.type !== value.type)
          fields[`terms.tiers.${index}.value.type`] = 'Use one kind of discount in all tiers';
        else if (before && strength(value) <= strength(before))
          fields[`terms.tiers.${index}.value.${value.type === 'percentage' ? 'basisPoints' : 'minor'}`] =
            'A higher tier must save more';
      });
      break;
    case 'buy-x-get-y':
    case 'together-offer':
      needRoles(form, ['buy', 'get'], fields);
      if (form.kind === 'together-offer') apart(form.items, 'get', 'A product cannot be suggested to itself', fields);
      break;
    case 'gift':
      needRoles(form, form.terms.trigger.type === 'buy' ? ['buy', 'gift'] : ['gift'], fields);
      apart(form.items, 'gift', 'A gift cannot be what is bought for it', fields);
      sellableGifts(form.items, products, fields);
      break;
    case 'cart-goals':
      break;
  }
}

function strength(value: { type: string } & ({ basisPoints: number } | { minor: number })): number {
  const size = 'basisPoints' in value ? value.basisPoints : value.minor;
  return value.type === 'price' ? -size : size;
}

function needRoles(form: TermsForm, roles: readonly ItemRole[], fields: Fields): void {
  form.items.forEach((item, index) => {
    if (!roles.includes(item.role ?? 'part'))
      fields[`items.${index}.role`] = 'This offer has no such place for a product';
  });
  const words = {
    part: 'Add at least one product',
    buy: 'Add what is bought',
    get: 'Add what is reduced',
    gift: 'Choose the gift',
  };
  for (const role of roles) {
    const there =
      form.items.some((item) => (item.role ?? 'part') === role) ||
      [...form.collections, ...groupsOf(form)].some((whole) => whole.role === role);
    if (!there) fields['items'] ??= words[role];
  }
}

function ascending<K extends string>(
  tiers: readonly (Readonly<Record<K, number>> & object)[],
  key: K,
  fields: Fields,
): void {
  tiers.forEach((tier, index) => {
    if (index > 0 && tier[key] <= (tiers[index - 1]?.[key] ?? 0))
      fields[`terms.tiers.${index}.${key}`] ??= 'Each tier must be higher than the one before';
  });
}

/** No item of `role` may be one that must be bought for it: the offer would contain itself. */
function apart(items: readonly BundleItem[], role: ItemRole, message: string, fields: Fields): void {
  items.forEach((item, index) => {
    const bought = items.some(
      (other) =>
        other.role === 'buy' &&
        other.productId === item.productId &&
        (other.variantId === null || item.variantId === null || other.variantId === item.variantId),
    );
    if (item.role === role && bought) fields[`items.${index}.productId`] ??= message;
  });
}

function sellableGifts(items: readonly BundleItem[], products: readonly BundleProduct[], fields: Fields): void {
  items.forEach((item, index) => {
    if (item.role !== 'gift') return;
    const product = products.find((candidate) => candidate.id === item.productId);
    if (product && !product.sellable)
      fields[`items.${index}.productId`] ??= 'The gift is not for sale in the online store';
  });
}

function validateGoals(
  form: Extract<TermsForm, { kind: 'cart-goals' }>,
  products: readonly BundleProduct[],
  fields: Fields,
): void {
  ascending(form.terms.tiers, 'thresholdMinor', fields);
  form.terms.tiers.forEach(({ reward, thresholdMinor }, index) => {
    const path = `terms.tiers.${index}.reward`;
    if (reward.type === 'order-discount' && reward.value.type === 'amount' && reward.value.minor >= thresholdMinor)
      fields[`${path}.value.minor`] = 'The amount must be lower than the goal';
    if (reward.type !== 'gift') return;
    const product = products.find((candidate) => candidate.id === reward.productId);
    if (!product) fields[`${path}.productId`] = 'This product is no longer in the store';
    else if (product.giftCard) fields[`${path}.productId`] = 'A gift card cannot be a gift';
    else if (!product.sellable) fields[`${path}.productId`] = 'The gift is not for sale in the online store';
    else if (variantsOf({ ...reward, quantity: 1 }, products).length === 0)
      fields[`${path}.variantId`] = 'This variant is no longer in the store';
  });
}
