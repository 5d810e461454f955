import { type CodeLine, type CodeTerms, classOf, encodeCodeConfig } from '#app/domains/codes/index.ts';
import { functionExports, runChecked } from '#extensions/bundle-discount/bare-engine.ts';
import { executedIn, withCounter } from '#extensions/bundle-discount/wasm-instructions.ts';
import { codeDiscountFunction } from './build.ts';

/** A cart, the code in it and the shop's guard. */
export interface Given {
  readonly lines: readonly (CodeLine & { readonly id: string })[];
  readonly terms: CodeTerms;
  readonly guard: string;
  readonly bound?: boolean;
  readonly customerId?: string | null;
  readonly code?: string;
  /** all that were entered */
  readonly codes?: readonly string[];
  readonly orders?: number;
  readonly language?: string;
  /** what the ways of delivery cost, minor units, parcel by parcel */
  readonly parcels?: readonly (readonly number[])[];
}

const classNames = { order: 'ORDER', product: 'PRODUCT', shipping: 'SHIPPING' } as const;

/** Which way of which parcel. */
const handleOf = (parcel: number, way: number): string => `${parcel}/${way}`;

const inputOf = ({
  lines,
  terms,
  guard,
  bound = false,
  customerId = null,
  code = 'A',
  codes = [code],
  orders = 0,
  language = 'EN',
  parcels = [[490]],
}: Given) => ({
  cart: {
    deliveryGroups: parcels.map((ways, at) => ({
      deliveryOptions: ways.map((minor, way) => ({
        handle: handleOf(at, way),
        cost: { amount: (minor / 100).toFixed(2) },
      })),
    })),
    buyerIdentity:
      customerId === null ? null : { customer: { id: `gid://shopify/Customer/${customerId}`, numberOfOrders: orders } },
    lines: lines.map((line) => ({
      id: line.id,
      quantity: line.quantity,
      cost: { each: { amount: (line.unitPriceMinor / 100).toFixed(2), currencyCode: 'EUR' } },
      plan: line.sellingPlan ? { __typename: 'SellingPlanAllocation' } : null,
      item: {
        id: `gid://shopify/ProductVariant/${line.variantId ?? '0'}`,
        product: { id: `gid://shopify/Product/${line.productId}`, gift: line.giftCard },
      },
    })),
  },
  discount: {
    discountClasses: [classNames[classOf(terms)]],
    offer: { value: encodeCodeConfig({ terms, bound, currency: 'EUR' }) },
  },
  shop: { guard: { value: guard } },
  code,
  codes: codes.map((one) => ({ code: one })),
  localization: { language: { isoCode: language } },
  presentmentCurrencyRate: '1.0',
});

interface Output {
  readonly operations: readonly Record<
    string,
    {
      candidates: {
        message?: string;
        targets: { deliveryOption?: { handle: string } }[];
        value: { fixedAmount?: { amount: string } };
      }[];
    }
  >[];
}

/** What the Function says of one cart. */
export interface Told {
  /** what the code takes off the goods, in hundredths */
  readonly minor: number;
  /** ways of delivery that it makes free, by parcel and place among its ways */
  readonly free: readonly string[];
  readonly message: string | null;
  /** instructions of the run over the goods, or over the delivery where that took more */
  readonly instructions: number;
}

/** The compiled Function of codes, run over the goods and the delivery as Shopify does. */
export async function loadCodeFunction(): Promise<(given: Given) => Told> {
  const module = new WebAssembly.Module(withCounter(await codeDiscountFunction()));
  return (given) => {
    const goods = runChecked<Output>(module, functionExports.lines, inputOf(given));
    const delivery = runChecked<Output>(module, functionExports.delivery, inputOf(given));
    const candidate = Object.values(goods.result.operations[0] ?? {})[0]?.candidates[0];
    return {
      minor: Math.round(Number(candidate?.value.fixedAmount?.amount ?? 0) * 100),
      free: delivery.result.operations
        .flatMap((operation) => Object.values(operation))
        .flatMap(({ candidates }) => candidates)
        .flatMap(({ targets }) => targets.map(({ deliveryOption }) => deliveryOption?.handle ?? '?')),
      message: candidate?.message ?? null,
      instructions: Math.max(executedIn(goods.exports), executedIn(delivery.exports)),
    };
  };
}
