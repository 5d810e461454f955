import { z } from 'zod';
import { minorUnitDigits, parseDecimal } from '#app/shared/money.ts';

/** Ids come as numbers, above 2^53 as the text that the lossless parser kept. */
export const recordId = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,30}$/)]).transform(String);

/** `*_gmt` fields are UTC without saying so; null where WordPress knows none (drafts that were never published). */
export function readGmt(value: unknown): Date | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value)) return null;
  const at = new Date(`${value}Z`);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1 ? null : at;
}
export const gmt = z.unknown().optional().transform(readGmt);

/** A field that plugins fill with all kinds of things, as text; '' where it is none. */
export const readText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
export const text = z.unknown().optional().transform(readText);

/** A whole number of 32 bits; what is none becomes the given one. */
export function readCount(value: unknown, otherwise: number): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return otherwise;
  return Math.max(-2_147_483_648, Math.min(2_147_483_647, Math.floor(number)));
}
export const count = (otherwise: number) =>
  z
    .unknown()
    .optional()
    .transform((value) => readCount(value, otherwise));

/**
 * ISO 4217, or its code for no currency: old orders may have an empty one, plugins call points and coins one. Such orders
 * are kept, and sums of money leave them out as those of any other currency.
 */
export const readCurrency = (code: string): string => (/^[A-Za-z]{3}$/.test(code) ? code : 'XXX');

/** A list whose broken members are left out. */
export const listOf = <T>(member: z.ZodType<T>) =>
  z
    .unknown()
    .optional()
    .transform((value) =>
      Array.isArray(value)
        ? value.flatMap((one) => {
            const read = member.safeParse(one);
            return read.success ? [read.data] : [];
          })
        : [],
    );

export const meta = listOf(z.object({ key: z.string(), value: z.unknown().optional() }));
export type Meta = z.infer<typeof meta>;

/** The text of a piece of meta data, or null. */
export function metaText(list: Meta, key: string): string | null {
  if (list.length === 0) return null;
  const value = list.find((one) => one.key === key)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/**
 * An amount as WooCommerce and its plugins write it, in minor units; null for what is none or more than we can hold.
 * WooCommerce keeps up to six digits behind the point: they are rounded half away from zero.
 */
export function amountOf(value: string | number | null | undefined, currency: string): number | null {
  const usual = typeof value === 'string' ? usualAmount(value, minorUnitDigits(currency)) : null;
  if (usual !== null) return usual;
  const plain = String(value ?? '').trim();
  return /^-?\d{1,12}(\.\d*)?$/.test(plain) ? parseDecimal(plain, currency) : null;
}

/** Digits, a point and exactly as many digits as the currency has, as nearly all amounts are; null for any other text. */
function usualAmount(text: string, digits: number): number | null {
  const point = text.length - digits - 1;
  if (digits === 0 || point < 1 || point > 12 || text[point] !== '.') return null;
  let minor = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (at === point) continue;
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return null;
    minor = minor * 10 + digit;
  }
  return minor;
}

/** An address of a picture that a page may show. */
export const pictureUrl = z
  .unknown()
  .optional()
  .transform((value) =>
    typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value) ? value : null,
  );
