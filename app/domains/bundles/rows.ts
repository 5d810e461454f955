import type { BundleId } from '#app/shared/ids.ts';
import type { Bundle, BundleForm, BundleItem, BundleKind, BundleStatus } from './model.ts';

/** A bundle's columns as the database holds them. */
export interface BundleRow {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly status: string;
  readonly discountType: string;
  readonly discountValue: bigint;
  readonly pickCount: number;
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
}

/** Rows → bundle. The columns hold what the form schema let through, so the casts are safe. */
export function toBundle(row: BundleRow, items: readonly ItemRow[]): Bundle {
  const value = Number(row.discountValue);
  return {
    id: row.id as BundleId,
    title: row.title,
    kind: row.kind as BundleKind,
    status: row.status as BundleStatus,
    discount:
      row.discountType === 'amount' ? { type: 'amount', minor: value } : { type: 'percentage', basisPoints: value },
    pickCount: row.pickCount,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    revision: row.revision,
    items: [...items]
      .sort((a, b) => a.position - b.position)
      .map(({ productId, variantId, quantity }): BundleItem => ({ productId, variantId, quantity })),
  };
}

/** Form → the columns of the bundle table. */
export function toColumns(form: BundleForm) {
  return {
    title: form.title,
    kind: form.kind,
    status: form.status,
    discountType: form.discount.type,
    discountValue: BigInt(form.discount.type === 'amount' ? form.discount.minor : form.discount.basisPoints),
    pickCount: form.pickCount,
    startsAt: form.startsAt,
    endsAt: form.endsAt,
  };
}
