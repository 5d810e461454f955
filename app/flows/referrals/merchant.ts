import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { withoutTax } from '#app/domains/incentives/index.ts';
import { findProgramme, readWorth, worthOfPoint } from '#app/domains/loyalty/index.ts';
import {
  type Assumptions,
  decisions,
  findAdvocate,
  mostHoldoutBps,
  overrule,
  programmeTerms,
  type ProgrammeTerms,
  readFirstOrders,
  saveHoldoutBps,
  saveProgramme,
  setStopped,
  simulate,
  type Simulation,
  usualAssumptions,
} from '#app/domains/referrals/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { readUsualParcel } from '#app/infra/usual-parcel.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { publishCodes } from '../codes/enqueue.ts';
import { endFriendCode, replaceFriendCode } from './friend-code.ts';
import { settleSome } from './settle-referrals.ts';

type Needs = Pick<Services, 'db' | 'clock' | 'queue' | 'secrets' | 'platforms'>;
const sentProgramme = z.object({
  active: z.boolean(),
  terms: programmeTerms,
  /** share of customers who are not asked; left out = as it is */
  holdoutBps: z.number().int().min(0).max(mostHoldoutBps).optional(),
});

/** Saves what the merchant decided about referrals; orders that came before keep the terms of their moment. */
export async function changeProgramme(
  services: Needs,
  shopId: ShopId,
  sent: unknown,
): Promise<Result<null, 'invalid'>> {
  const parsed = sentProgramme.safeParse(sent);
  if (!parsed.success)
    return fail('invalid', `Check the form: ${parsed.error.issues[0]?.message ?? 'something is missing'}.`);
  const now = services.clock.now();
  const { holdoutBps, ...programme } = parsed.data;
  await services.db.inShop(shopId, async (scope) => {
    await saveProgramme(scope, programme, now);
    if (holdoutBps !== undefined)
      await saveHoldoutBps(scope, holdoutBps, { freshSalt: randomBytes(16).toString('hex'), now });
  });
  return ok(null);
}

const sentAssumptions = z.object({
  broughtBps: z.number().int().min(0).max(10_000),
  addedBps: z.number().int().min(0).max(10_000),
  marginBps: z.number().int().min(0).max(10_000),
  pointCost: z.number().min(0).max(1_000_000),
  friendsPerAdvocate: z.number().min(1).max(100),
});
const sentSimulation = z.object({ terms: programmeTerms, assumed: sentAssumptions });

const mostOrders = 50_000;
const pastMs = 365 * 86_400_000;

type SimulatedShop = Pick<Shop, 'currency' | 'settings'>;

/** What the programme would have cost and brought in the past year, on the shop's own first orders. */
export async function simulateProgramme(
  scope: ShopScope,
  { currency, settings }: SimulatedShop,
  now: Date,
  terms: ProgrammeTerms,
  assumed: Assumptions,
): Promise<Simulation> {
  const from = new Date(now.getTime() - pastMs);
  const orders = await readFirstOrders(scope, currency, from, mostOrders);
  const parcelMinor = await readUsualParcel(scope, from, now);
  return simulate(orders, terms, assumed, settings.taxInPricesBps, parcelMinor);
}

/** The same for what the merchant is typing. */
export async function simulateSent(
  scope: ShopScope,
  shop: SimulatedShop,
  now: Date,
  sent: unknown,
): Promise<Simulation | null> {
  const parsed = sentSimulation.safeParse(sent);
  return parsed.success ? simulateProgramme(scope, shop, now, parsed.data.terms, parsed.data.assumed) : null;
}

/**
 * Assumptions with the margin that the merchant has set for goods of unknown cost, and with what a point of the shop's
 * programme costs at most, where there is one.
 */
export async function assumptionsFor(
  scope: ShopScope,
  { settings }: Pick<Shop, 'settings'>,
  now: Date,
): Promise<Assumptions> {
  const loyalty = (await findProgramme(scope))?.settings;
  const worth = loyalty ? worthOfPoint(loyalty, await readWorth(scope, loyalty, now)) : 0;
  return {
    ...usualAssumptions,
    marginBps: settings.defaultMarginBps,
    pointCost: worth > 0 ? Math.round(withoutTax(worth * 100, settings.taxInPricesBps)) : usualAssumptions.pointCost,
  };
}

const sentDecision = z.object({
  /** both platforms count theirs */
  orderId: z.string().regex(/^\d{1,30}$/),
  /** null takes the merchant's decision back */
  decision: z.enum(decisions).nullable(),
});

/** The merchant decides on a referral, or takes that back; rewards follow at once. */
export async function decideReferral(services: Needs, shopId: ShopId, sent: unknown): Promise<Result<null, 'invalid'>> {
  const parsed = sentDecision.safeParse(sent);
  if (!parsed.success) return fail('invalid', 'Say which order, and what is to become of it.');
  const now = services.clock.now();
  const { orderId, decision } = parsed.data;
  const found = await services.db.inShop(shopId, async (scope) => {
    if (!(await overrule(scope, orderId, decision, now))) return false;
    await settleSome(services, scope, { now, by: 'merchant', only: orderId });
    return true;
  });
  if (!found) return fail('invalid', 'There is no such referral.');
  await publishCodes(services, shopId);
  return ok(null);
}

const sentChange = z.object({ intent: z.enum(['stop', 'resume', 'new-code']) });

/** Stops an advocate, lets them go on, or replaces a code that strangers have found. */
export async function changeAdvocate(
  services: Needs,
  shopId: ShopId,
  id: string,
  sent: unknown,
): Promise<Result<null, 'invalid'>> {
  const parsed = sentChange.safeParse(sent);
  if (!parsed.success) return fail('invalid', 'Say what is to be changed.');
  const now = services.clock.now();
  const done = await services.db.inShop(shopId, async (scope) => {
    const advocate = await findAdvocate(scope, id);
    if (!advocate) return false;
    if (parsed.data.intent === 'new-code') return (await replaceFriendCode(scope, advocate, now)) !== null;
    if (parsed.data.intent === 'stop') await endFriendCode(scope, advocate);
    return setStopped(scope, id, parsed.data.intent === 'stop', now);
  });
  if (!done) return fail('invalid', 'There is no such advocate.');
  await publishCodes(services, shopId);
  return ok(null);
}
