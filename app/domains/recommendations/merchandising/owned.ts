import { type MerchandisingSettings, type OwnedSurface, settingsOn } from './model.ts';

/** Whether a surface shows a customer what they have as well, however durable. */
export function keepsOwned(settings: MerchandisingSettings, surface: OwnedSurface): boolean {
  return settingsOn(settings, surface).owned === 'show';
}

/** Surfaces that the store prints by itself; the cart's first list is one of them. */
const printed = ['together', 'similar', 'popular', 'cart'] as const satisfies readonly OwnedSurface[];

/** The printed lists that show what the customer has as well: the storefront's templates are told. */
export function printedKeepingOwned(settings: MerchandisingSettings): string[] {
  return printed.filter((surface) => keepsOwned(settings, surface));
}
