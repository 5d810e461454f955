import {
  type AnyBundleFormInput,
  type BundleResult,
  deleteBundle,
  getAnyBundle,
  restoreBundle,
  setBundleStatus,
} from '#app/domains/bundles/index.ts';
import { lockExperiments } from '#app/domains/experiments/index.ts';
import {
  createRule,
  deleteRule,
  getRule,
  type Rule,
  type RuleContext,
  type RuleResult,
  type RuleTarget,
  setRuleStatus,
  updateRule,
} from '#app/domains/recommendations/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { saveBundle } from './save-bundle.ts';

/**
 * A rule "if X is in the cart suggest Y at N % off" gives its saving by an offer of its own, a bought-together offer
 * with the rule's id, title, dates and status: it is priced, guarded, explained and credited like every offer, and the
 * merchant finds it among the bundles.
 */

/** Largest number of times in one order, as bought-together offers of the editor have it. */
const timesPerOrder = 1;

/** Keeps what the rule's editor sent, and its offer; neither where one of them is refused. */
export async function saveRule(
  scope: ShopScope,
  { id, revision, form }: { readonly id: string | null; readonly revision: number; readonly form: unknown },
  context: RuleContext,
): Promise<RuleResult<Rule>> {
  await lockAsPublication(scope);
  const saved =
    id === null ? await createRule(scope, form, context) : await updateRule(scope, id, revision, form, context);
  return saved.ok ? withOffer(scope, saved.value, context.now) : saved;
}

/** Switches a rule and its offer on or off. */
export async function switchRule(
  scope: ShopScope,
  { id, revision, status }: { readonly id: string; readonly revision: number; readonly status: Rule['status'] },
  context: Pick<RuleContext, 'now'>,
): Promise<RuleResult<Rule>> {
  await lockAsPublication(scope);
  const changed = await setRuleStatus(scope, id, revision, status, context);
  return changed.ok ? withOffer(scope, changed.value, context.now) : changed;
}

/** Deletes a rule and its offer. */
export async function removeRule(
  scope: ShopScope,
  id: string,
  context: Pick<RuleContext, 'now'>,
): Promise<RuleResult<null>> {
  await lockAsPublication(scope);
  const found = await getRule(scope, id);
  const deleted = await deleteRule(scope, id, context);
  if (deleted.ok && found.ok && (await ownOffer(scope, id, context.now))) await deleteBundle(scope, id, context);
  return deleted;
}

/**
 * Rules write the settings of recommendations before their offer, a publication the other way round: with this first,
 * as it does, neither waits for the other for ever.
 */
const lockAsPublication = (scope: ShopScope): Promise<void> => lockExperiments(scope);

/** A refused offer undoes the rule that was just saved with it: both are one transaction. */
class RuleRefused extends Error {
  readonly refusal: Extract<RuleResult<never>, { ok: false }>;
  constructor(refusal: Extract<RuleResult<never>, { ok: false }>) {
    super(refusal.message);
    this.name = 'RuleRefused';
    this.refusal = refusal;
  }
}

/** Runs one of the above in a transaction, which is undone where the offer is refused. */
export async function changingRules<T>(run: () => Promise<RuleResult<T>>): Promise<RuleResult<T>> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof RuleRefused) return error.refusal;
    throw error;
  }
}

async function ownOffer(scope: ShopScope, id: string, now: Date): Promise<{ readonly revision: number } | null> {
  const found = await getAnyBundle(scope, id, now);
  return found.ok ? found.value.bundle : null;
}

async function withOffer(scope: ShopScope, rule: Rule, now: Date): Promise<RuleResult<Rule>> {
  const known = await ownOffer(scope, rule.id, now);
  if (rule.savingBps === 0) {
    if (known) await setBundleStatus(scope, rule.id, 'paused', { now });
    return { ok: true, value: rule };
  }
  // One that the merchant has deleted among the bundles comes back with its rule.
  const restored =
    known ?? ((await restoreBundle(scope, rule.id, { now })).ok ? await ownOffer(scope, rule.id, now) : null);
  const form = offerOf(rule);
  const made: BundleResult<unknown> = await saveBundle(
    scope,
    { id: restored ? rule.id : null, revision: restored?.revision ?? 0, form },
    { now, newId: () => rule.id },
  );
  if (made.ok) return { ok: true, value: rule };
  const [message] = made.code === 'invalid' ? Object.values(made.fields) : [made.message];
  throw new RuleRefused({
    ok: false,
    code: 'invalid',
    message: 'Some fields need your attention.',
    fields: { savingBps: message ?? made.message },
  });
}

/** What the rule gives, as the bundle's editor would send it. */
function offerOf(rule: Rule): AnyBundleFormInput {
  const parts = [
    { target: rule.condition, role: 'buy' as const },
    { target: rule.target, role: 'get' as const },
  ];
  return {
    kind: 'together-offer',
    title: rule.title,
    status: rule.status === 'on' ? 'active' : 'paused',
    startsAt: rule.startsAt?.toISOString() ?? null,
    endsAt: rule.endsAt?.toISOString() ?? null,
    terms: { basisPoints: rule.savingBps, timesPerOrder },
    items: parts.flatMap(({ target, role }) =>
      idsOf(target, 'products').map((productId) => ({ productId, variantId: null, quantity: 1, role })),
    ),
    collections: parts.flatMap(({ target, role }) =>
      idsOf(target, 'collections').map((collectionId) => ({ collectionId, role })),
    ),
    groups: parts.flatMap(({ target, role }) => {
      if (target === null || target.kind === 'all' || 'ids' in target) return [];
      return [{ meant: target, role }];
    }),
  };
}

const idsOf = (target: RuleTarget | null, kind: 'products' | 'collections'): readonly string[] =>
  target?.kind === kind ? target.ids : [];
