import { earnAll, reverseAll } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { earnHistory, type PastOrder, type ProgrammeRules, takesPart } from './earn-history.ts';
import { lotTimes } from './lot-times.ts';
import { pointsOf, versionAt } from './model.ts';
import { type Movement, movementsTo, noGrants } from './movements.ts';
import { readRules } from './store.ts';
import { lockMembers } from './store-members.ts';
import {
  type OrderNote,
  readEarliest,
  readEarningCustomers,
  readGivenBefore,
  readNotes,
  readOrderCustomers,
  readPastOrders,
  saveNotes,
} from './store-orders.ts';
import { moveTiers } from './tiers/move-tiers.ts';
import { readTiersAt } from './tiers/store-tier-at.ts';
import { welcome } from './welcome.ts';

/**
 * Orders were placed, changed, cancelled, refunded or deleted: their customers have the points that their orders are
 * worth by the mirror as it stands now. May run any number of times; a constant number of statements for any number of
 * orders.
 * @returns false where the shop never had a programme
 */
export async function earnForOrders(scope: ShopScope, orderIds: readonly string[], now: Date): Promise<boolean> {
  const rules = orderIds.length === 0 ? null : await readRules(scope);
  if (!rules) return false;
  const named = await readOrderCustomers(scope, orderIds);
  const coming = new Map<string, Date>();
  for (const { customerId, placedAt } of named) {
    if (placedAt === null || coming.has(customerId)) continue;
    if (takesPart({ id: customerId, joinedAt: null }, placedAt, rules)) coming.set(customerId, placedAt);
  }
  const members = [...coming].map(([customerId, joinedAt]) => ({ customerId, joinedAt, source: 'order' as const }));
  await welcome(scope, members, rules, now);
  const customerIds = [...new Set(named.map(({ customerId }) => customerId))];
  await settleOrders(scope, { customerIds, orderIds }, rules, now);
  return true;
}

/**
 * Has these customers' points follow their orders, and their tiers follow their points. What an order gives depends on the
 * ones before it alone: nothing older than the oldest of `orderIds` is read again; all orders are where there are none.
 */
export async function settleOrders(
  scope: ShopScope,
  { customerIds, orderIds }: { readonly customerIds: readonly string[]; readonly orderIds: readonly string[] },
  rules: ProgrammeRules,
  now: Date,
): Promise<void> {
  const since = rules.versions[0]?.from;
  const members = since ? await lockMembers(scope, customerIds) : [];
  if (!since || members.length === 0) return;
  const mentioned = collectionsIn(rules);
  const earliest = await readEarliest(scope, orderIds);
  const starts = members.map((id) => {
    const from = earliest.get(id) ?? since;
    return { id, from: from < since ? since : from };
  });
  const notes = new Map((await readNotes(scope, starts, orderIds)).map((note) => [note.orderId, note]));
  const orders = await readPastOrders(scope, starts, mentioned);
  const customers = await readEarningCustomers(scope, starts, since);
  const limited = rules.versions.some(({ settings: { caps } }) => caps.perDay !== null || caps.perYear !== null);
  const before = Map.groupBy(limited ? await readGivenBefore(scope, starts) : [], ({ customerId }) => customerId);
  const fresh = orders.filter(({ id }) => !notes.has(id));
  const tiers = await readTiersAt(scope, fresh);
  const changed: OrderNote[] = [];
  const moves: { readonly note: OrderNote; readonly movement: Movement }[] = [];
  const keep = (note: OrderNote, target: { readonly customerId: string; readonly points: number }): void => {
    const { movements, after } = movementsTo(note, target);
    moves.push(...movements.map((movement) => ({ note, movement })));
    const next = { ...note, ...after };
    if (JSON.stringify(next) !== JSON.stringify(notes.get(note.orderId))) changed.push(next);
  };
  const byCustomer = Map.groupBy(orders, ({ customerId }) => customerId);
  const seen = new Set<string>();
  for (const customer of customers) {
    const own = (byCustomer.get(customer.id) ?? []).map((order) =>
      asNoted(order, notes.get(order.id), tiers.get(order.id) ?? ''),
    );
    const earned = earnHistory(own, customer, rules, before.get(customer.id));
    for (const order of own) {
      seen.add(order.id);
      const known = notes.get(order.id);
      const found = earned.get(order.id);
      if (!known && !found) continue;
      const note: OrderNote = {
        ...(known ?? { ...noGrants, orderId: order.id }),
        version: found?.version.version ?? known?.version ?? 0,
        placedAt: order.placedAt,
        tier: order.tier,
        collections: known?.collections ?? (mentioned.length === 0 ? {} : collectionsOf(order)),
        points: found?.points ?? 0,
        why: found?.reasons ?? [],
      };
      keep(note, { customerId: customer.id, points: note.points });
    }
  }
  // Deleted, a test all along, or somebody else's by now, who takes no part.
  for (const note of notes.values())
    if (!seen.has(note.orderId)) keep({ ...note, points: 0, why: [] }, { customerId: note.customerId, points: 0 });
  const others = await post(scope, moves, rules, now, (orderId) => !notes.has(orderId));
  await saveNotes(
    scope,
    changed.filter(({ orderId }) => !others.has(orderId)),
    now,
  );
  await moveTiers(scope, members, rules, now);
}

/** What was noted when the order was first told stands: its customer's tier, and in which collections its products were. */
function asNoted(order: Omit<PastOrder, 'tier'>, note: OrderNote | undefined, tier: string): PastOrder {
  if (!note) return { ...order, tier };
  const lines = order.lines.map((line) => ({
    ...line,
    collectionIds: note.collections[line.productId ?? ''] ?? line.collectionIds,
  }));
  return { ...order, lines, tier: note.tier };
}

function collectionsIn({ versions }: ProgrammeRules): string[] {
  const ids = versions.flatMap(({ settings }) =>
    settings.rules.flatMap((rule) => (rule.kind === 'product-multiplier' ? rule.collectionIds : [])),
  );
  return [...new Set(ids)];
}

const collectionsOf = ({ lines }: Pick<PastOrder, 'lines'>): Record<string, readonly string[]> =>
  Object.fromEntries(
    lines.flatMap(({ productId, collectionIds }) => (productId === null ? [] : [[productId, collectionIds]])),
  );

/** @returns orders that were never noted, whose points somebody had who was forgotten since: they are not given twice */
async function post(
  scope: ShopScope,
  moves: readonly { readonly note: OrderNote; readonly movement: Movement }[],
  rules: ProgrammeRules,
  now: Date,
  isFresh: (orderId: string) => boolean,
): Promise<ReadonlySet<string>> {
  const others = new Set<string>();
  if (moves.length === 0) return others;
  const source = (orderId: string, step: number) => ({
    kind: 'order',
    id: orderId,
    purpose: `loyalty-${String(step)}`,
  });
  const takeBacks = moves.flatMap(({ note, movement }) =>
    movement.what === 'take-back'
      ? [
          {
            original: source(note.orderId, movement.of),
            amount: movement.points,
            source: source(note.orderId, movement.step),
            at: now,
            details: { version: note.version },
          },
        ]
      : [],
  );
  const earnings = moves.flatMap(({ note, movement }) => {
    const version = rules.versions.find((one) => one.version === note.version) ?? versionAt(rules.versions, now);
    if (movement.what !== 'earn' || !version) return [];
    return [
      {
        account: pointsOf(movement.customerId),
        amount: movement.points,
        ...lotTimes(note.placedAt, version.settings, true, rules.timeZone),
        source: source(note.orderId, movement.step),
        at: now,
        details: { version: note.version },
      },
    ];
  });
  const takenBack = takeBacks.length === 0 ? [] : await reverseAll(scope, takeBacks);
  const earned = earnings.length === 0 ? [] : await earnAll(scope, earnings);
  const strange = earned.filter(({ code }, at) => {
    const orderId = earnings[at]?.source.id ?? '';
    if (code !== 'conflict' || !isFresh(orderId)) return true;
    others.add(orderId);
    return false;
  });
  const wrong = [...takenBack, ...strange].find(({ code }) => code !== 'posted');
  // Members are locked and every step is new: anything else would mean that notes and ledger have parted.
  if (wrong) throw new Error(`the ledger answered ${wrong.code} to points of an order`);
  return others;
}
