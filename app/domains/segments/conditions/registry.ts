import { averageOrder } from './average-order.ts';
import { boughtCollection, boughtProduct, boughtTag, boughtVendor, subscribed } from './bought.ts';
import type { ConditionKind } from './condition-kind.ts';
import { country } from './country.ts';
import { customerSince } from './customer-since.ts';
import { customerTag } from './customer-tag.ts';
import { firstOrder } from './first-order.ts';
import { lastOrder } from './last-order.ts';
import { orderedBetween } from './ordered-between.ts';
import { orders } from './orders.ts';
import { points } from './points.ts';
import { region } from './region.ts';
import { rfmGroup } from './rfm-group.ts';
import { lastVisit, searched, viewedProduct } from './signals.ts';
import { spend } from './spend.ts';
import { tier } from './tier.ts';

/** Every condition, in the order in which the merchant is offered them. */
export const conditionKinds: readonly ConditionKind[] = [
  orders,
  spend,
  averageOrder,
  lastOrder,
  firstOrder,
  orderedBetween,
  boughtProduct,
  boughtCollection,
  boughtTag,
  boughtVendor,
  subscribed,
  rfmGroup,
  customerTag,
  country,
  region,
  customerSince,
  points,
  tier,
  viewedProduct,
  searched,
  lastVisit,
];

const byKind = new Map(conditionKinds.map((one) => [one.kind, one]));

/** @throws where nothing of that kind is known: the language has let it pass by mistake */
export function conditionKindOf(kind: string): ConditionKind {
  const found = byKind.get(kind);
  if (!found) throw new Error(`no condition is called ${kind}`);
  return found;
}
