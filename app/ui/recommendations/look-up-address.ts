/** Products of a cart that are heard; of a larger one no more say what goes with it. */
export const mostInCart = 50;

interface LookUpAddress {
  /** what products are looked for by */
  readonly search?: string;
  /** the product that is looked at */
  readonly product?: string;
  /** products of the cart that is tried */
  readonly cart?: readonly string[];
}

/** The query by which a page holds what is looked up, so that it can be shared and gone back to. */
export function lookUpAddress({ search = '', product = '', cart = [] }: LookUpAddress): string {
  const named = { search, product, cart: cart.join() };
  return `?${new URLSearchParams(Object.entries(named).filter(([, text]) => text !== '')).toString()}`;
}
