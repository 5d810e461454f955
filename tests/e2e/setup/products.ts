/** Where a running product is, under the names by which a developer names one that runs already. */
export interface ProductAddresses {
  readonly TRELLIS_APP: string;
  readonly TRELLIS_STORE: string;
  readonly TRELLIS_WOO_STORE: string;
}

/** The variable that tells the workers of a project the addresses of its product, as JSON. */
export const addressesOf = (project: string): string =>
  `TRELLIS_PRODUCT_OF_${project.toUpperCase().replace(/\W/g, '_')}`;

/** Address of the storefront of the project's own product, which `start-products.ts` started. */
export function storeUrl(): string {
  const address = process.env['TRELLIS_STORE'];
  if (address === undefined) throw new Error('TRELLIS_STORE is not set: the product was not started');
  return address;
}

/** What of the project's product a browser opens. */
export const origins = (): string[] =>
  (['TRELLIS_APP', 'TRELLIS_STORE', 'TRELLIS_WOO_STORE'] as const).flatMap((name) => {
    const address = process.env[name];
    return address === undefined ? [] : [new URL(address).origin];
  });
