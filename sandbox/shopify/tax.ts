import type { SandboxOrder, SandboxOrderLine } from './model.ts';
import { toMinor } from './money.ts';

/** The one tax of the store, which its prices contain. */
export const taxRate = 0.2;

/** The tax in an amount, minor units, rounded half up. */
export const taxIn = (minor: number): number => Math.round((minor * taxRate) / (1 + taxRate));

/** Taxes on a line: none on orders that were written down without tax. */
export function taxesOn(order: SandboxOrder, line: SandboxOrderLine): { rate: number; minor: number }[] {
  if (Number(order.totalTax) === 0) return [];
  const off = line.discountAllocations.reduce((sum, part) => sum + toMinor(part.amount, order.currency), 0);
  return [{ rate: taxRate, minor: taxIn(toMinor(line.price, order.currency) * line.quantity - off) }];
}
