import { z } from 'zod';
import type { SandboxStore } from '../../model.ts';
import { split, toMinor } from '../../money.ts';
import type { OfferLine } from '../cart/discounts.ts';
import { expandByItself } from './bundle-product.ts';
import type { BundlePart, TransformedLine } from './model.ts';

const decimal = z.string().regex(/^\d+(\.\d+)?$/);
const attributes = z.array(z.strictObject({ key: z.string(), value: z.string() })).optional();
const image = z.strictObject({ url: z.url() }).optional();
const percentageDecrease = z.strictObject({ percentageDecrease: z.strictObject({ value: decimal }) }).optional();
const quantity = z.number().int().positive();

const merge = z.strictObject({
  parentVariantId: z.string(),
  title: z.string().optional(),
  image,
  price: percentageDecrease,
  attributes,
  cartLines: z.array(z.strictObject({ cartLineId: z.string(), quantity })).min(1),
});
const expand = z.strictObject({
  cartLineId: z.string(),
  title: z.string().optional(),
  image,
  price: percentageDecrease,
  expandedCartItems: z
    .array(
      z.strictObject({
        merchandiseId: z.string(),
        quantity,
        price: z.strictObject({
          adjustment: z.strictObject({ fixedPricePerUnit: z.strictObject({ amount: decimal }) }),
        }),
        attributes,
      }),
    )
    .min(1),
});
/** The output of target `cart.transform.run`: each operation has exactly one key. */
const output = z.strictObject({
  operations: z.array(z.union([z.strictObject({ linesMerge: merge }), z.strictObject({ lineExpand: expand })])),
});
type Merge = z.infer<typeof merge>;
type Expand = z.infer<typeof expand>;

const digits = (gid: string): string => gid.slice(gid.lastIndexOf('/') + 1);
const record = (pairs: z.infer<typeof attributes>): Record<string, string> =>
  Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, value]));

/**
 * The cart's lines after a cart transform. Merges of one parent and title become one line; its price is shared
 * out over the components by what they cost. Throws where Shopify would refuse the operations.
 */
export function applyOperations(raw: unknown, lines: readonly OfferLine[], store: SandboxStore): TransformedLine[] {
  const { operations } = output.parse(raw);
  const left = new Map(lines.map((line) => [line.id, line.quantity]));
  const groups = new Map<string, Merge[]>();
  const expansions = new Map<string, Expand>();
  for (const operation of operations) {
    if ('lineExpand' in operation) {
      if (expansions.has(operation.lineExpand.cartLineId)) throw new Error('a line was expanded twice');
      expansions.set(operation.lineExpand.cartLineId, operation.lineExpand);
      continue;
    }
    const { linesMerge } = operation;
    for (const { cartLineId, quantity: units } of linesMerge.cartLines) {
      const rest = (left.get(cartLineId) ?? 0) - units;
      if (rest < 0) throw new Error('more units were merged than the cart holds');
      left.set(cartLineId, rest);
    }
    const key = `${linesMerge.parentVariantId}:${linesMerge.title ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), linesMerge]);
  }
  const merged = [...groups].map(([key, sets]) => mergedLine(key, sets, lines, store));
  const others = lines.flatMap((line): TransformedLine[] => {
    const units = left.get(line.id) ?? 0;
    if (units === 0) return [];
    const expansion = expansions.get(line.id);
    const rest = { ...line, quantity: units };
    return [expansion ? expandedLine(expansion, rest, store) : expandByItself(rest, store)];
  });
  return [...merged, ...others];
}

function mergedLine(
  key: string,
  sets: readonly Merge[],
  lines: readonly OfferLine[],
  store: SandboxStore,
): TransformedLine {
  const [first] = sets;
  const parent = store.variant(digits(first?.parentVariantId ?? ''));
  if (!first || !parent) throw new Error('the parent variant of a merge does not exist');
  const parts = new Map<string, BundlePart>();
  let price = 0;
  for (const set of sets) {
    let sum = 0;
    for (const { cartLineId, quantity: units } of set.cartLines) {
      const line = lines.find((candidate) => candidate.id === cartLineId);
      if (!line) throw new Error('a merge names a line that is not in the cart');
      sum += line.unitPrice * units;
      const known = parts.get(cartLineId);
      parts.set(cartLineId, {
        product: line.product,
        variant: line.variant,
        quantity: (known?.quantity ?? 0) + units,
        amount: (known?.amount ?? 0) + line.unitPrice * units,
        properties: line.properties,
        lineId: cartLineId,
      });
    }
    price += sum - Math.round((sum * Number(set.price?.percentageDecrease.value ?? 0)) / 100);
  }
  if (price % sets.length !== 0) throw new Error('merges of one parent and title have different prices');
  const full = [...parts.values()];
  const off = split(
    full.reduce((sum, part) => sum + part.amount, 0) - price,
    full.map((part) => part.amount),
  );
  return {
    id: key,
    quantity: sets.length,
    unitPrice: price / sets.length,
    product: {
      ...parent.product,
      title: first.title ?? parent.product.title,
      imageUrl: first.image?.url ?? parent.product.imageUrl,
    },
    variant: parent.variant,
    properties: record(first.attributes),
    parts: full.map((part, index) => ({ ...part, amount: part.amount - (off[index] ?? 0) })),
  };
}

function expandedLine(expansion: Expand, line: OfferLine, store: SandboxStore): TransformedLine {
  const parts = expansion.expandedCartItems.map((item): BundlePart => {
    const found = store.variant(digits(item.merchandiseId));
    if (!found) throw new Error('an expanded item does not exist');
    const units = item.quantity * line.quantity;
    const { amount } = item.price.adjustment.fixedPricePerUnit;
    return {
      ...found,
      quantity: units,
      amount: toMinor(amount, store.shop.currency) * units,
      properties: record(item.attributes),
      lineId: null,
    };
  });
  return {
    ...line,
    unitPrice: parts.reduce((sum, part) => sum + part.amount, 0) / line.quantity,
    product: { ...line.product, title: expansion.title ?? line.product.title },
    parts,
  };
}
