import { z } from 'zod';
import type { ItemRole } from '#app/domains/incentives/index.ts';
import type { BundleId } from '#app/shared/ids.ts';
import {
  type AnyBundle,
  type AnyBundleForm,
  type BundleItem,
  type BundleKind,
  type BundleStatus,
  collectionsSchema,
  foundGroupSchema,
  groupSchema,
  groupsOf,
  isSet,
} from './model.ts';
import { readTerms } from './terms.ts';

/** A bundle's columns as the database holds them. */
export interface BundleRow {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly status: string;
  readonly discountType: string;
  readonly discountValue: bigint;
  readonly pickCount: number;
  readonly terms: unknown;
  readonly collections: unknown;
  readonly groupProducts: unknown;
  readonly currency: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly revision: number;
}

export interface ItemRow {
  readonly bundleId: string;
  readonly position: number;
  readonly productId: string;
  readonly variantId: string | null;
  readonly quantity: number;
  readonly role: string;
}

/**
 * Rows → bundle. The columns hold what the form schema let through, so the casts are safe; terms that no
 * longer fit their schema throw, because pricing by half-read terms would be worse.
 */
export function toBundle(row: BundleRow, items: readonly ItemRow[]): AnyBundle {
  const value = Number(row.discountValue);
  const kind = row.kind as BundleKind;
  const base = {
    id: row.id as BundleId,
    title: row.title,
    status: row.status as BundleStatus,
    discount:
      row.discountType === 'amount'
        ? { type: 'amount' as const, minor: value }
        : { type: 'percentage' as const, basisPoints: value },
    pickCount: row.pickCount,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    revision: row.revision,
    ...(row.currency === null ? {} : { currency: row.currency }),
    items: [...items]
      .sort((a, b) => a.position - b.position)
      .map(({ productId, variantId, quantity, role }): BundleItem =>
        isSet({ kind })
          ? { productId, variantId, quantity }
          : { productId, variantId, quantity, role: role as ItemRole },
      ),
  };
  if (kind === 'fixed' || kind === 'mix-and-match') return { ...base, kind };
  const { terms, collections } = row;
  const [named, groups] = splitWholes(collections);
  const whole = { ...base, ...readTerms(kind, terms), collections: collectionsSchema.parse(named) };
  if (whole.kind !== 'together-offer') return whole;
  const found =
    (row.groupProducts ?? null) === null ? {} : { found: z.array(foundGroupSchema).parse(row.groupProducts) };
  return { ...whole, groups: z.array(groupSchema).parse(groups), ...found };
}

/** One column holds both: collections by their id, groups by what is meant. */
function splitWholes(stored: unknown): [collections: unknown[], groups: unknown[]] {
  const all = z.array(z.looseObject({})).parse(stored);
  return [all.filter((one) => !('meant' in one)), all.filter((one) => 'meant' in one)];
}

/** Form → the columns of the bundle table. */
export function toColumns(form: AnyBundleForm) {
  return {
    title: form.title,
    kind: form.kind,
    status: form.status,
    discountType: form.discount.type,
    discountValue: BigInt(form.discount.type === 'amount' ? form.discount.minor : form.discount.basisPoints),
    pickCount: form.pickCount,
    startsAt: form.startsAt,
    endsAt: form.endsAt,
    ...('terms' in form
      ? { terms: form.terms, collections: [...form.collections, ...groupsOf(form)] }
      : { terms: {}, collections: [] }),
  };
}
