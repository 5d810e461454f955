import { GraphQLError } from 'graphql';
import { toText } from '../money.ts';
import type { Arguments } from './context.ts';

export const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;

/** Digits of a gid of one of these types, or null. */
export function idIn(value: unknown, ...types: readonly string[]): string | null {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)(\?.*)?$/.exec(typeof value === 'string' ? value : '');
  return match?.[1] !== undefined && match[2] !== undefined && types.includes(match[1]) ? match[2] : null;
}

/** As Shopify writes a Decimal: `10.0`, `12.5`, `12.34`. */
export function decimal(amount: string): string {
  const number = Number(amount);
  if (!Number.isFinite(number)) throw new Error(`${amount} is no amount`);
  const text = amount.includes('.') ? amount.replace(/0+$/, '') : `${amount}.`;
  return text.endsWith('.') ? `${text}0` : text;
}

export const money = (amount: string, currencyCode: string) => ({ amount: decimal(amount), currencyCode });

/** Shop money and presentment money, the same here: the sandbox sells in the shop's currency only. */
export function moneyBag(amount: string, currency: string) {
  return { shopMoney: money(amount, currency), presentmentMoney: money(amount, currency) };
}
export const minorBag = (minor: number, currency: string) => moneyBag(toText(minor, currency), currency);

export function textArgument(args: Arguments, name: string): string | null {
  const value = args[name];
  return typeof value === 'string' ? value : null;
}

/** An error that Shopify answers with 200 and a code. */
export function apiError(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

export interface Problem {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code?: string;
  readonly elementIndex?: number;
}

/** `{..., userErrors}` of a mutation that refused. */
export const refused = (problems: readonly Problem[], rest: Readonly<Record<string, unknown>> = {}) => ({
  ...rest,
  userErrors: problems,
});
