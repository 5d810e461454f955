import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { createCrowds } from './crowds.ts';
import { leaveOutCrowd } from './leave-out-crowd.ts';
import { type RejectedEvent, signalEnvelope } from './model.ts';
import { checkEvents } from './rules.ts';
import type { SignalBuffer } from './signal-buffer.ts';
import { isInstalled } from './store.ts';
import { noteSignals } from './visitor-affinity.ts';

const KNOWN_SHOP_MS = 60_000;
const KNOWN_SHOPS = 10_000;
/** Requests a minute of one address to one shop: a browser sends a few, an office behind one address some dozens. */
const ADDRESS_LIMIT = 300;
/** Requests a minute of one address to all shops: many shoppers may share one, but whoever invents shops has no room. */
const ADDRESS_LIMIT_OF_ALL = 3_000;
/** Requests a minute of all addresses to one shop. */
const SHOP_LIMIT = 30_000;

export type Recorded = Result<
  { accepted: number; rejected: RejectedEvent[] },
  'malformed' | 'too-many-requests' | 'busy'
>;

const tooMany = fail('too-many-requests', 'Too many requests; try again in a minute.');

/**
 * The intake of what storefronts send. Unauthenticated by nature, so everything here is a hint: no money is
 * ever counted from it. For a shop that we do not know the answer is the same as for one that we do and
 * nothing is stored, so that nobody can find out which shops use Trellis. Purchases are stored before the
 * answer, everything else within the buffer's pause.
 */
export function createRecordSignals(
  services: Pick<Services, 'db' | 'cache' | 'clock' | 'secrets' | 'log'>,
  buffer: SignalBuffer,
  { visitorsAnHour }: { readonly visitorsAnHour?: number } = {},
) {
  const crowdOf = createCrowds(visitorsAnHour === undefined ? {} : { visitorsAnHour });
  const known = new Map<ShopId, { installed: boolean; until: number }>();

  async function installed(shopId: ShopId): Promise<boolean> {
    const now = services.clock.now().getTime();
    const cached = known.get(shopId);
    if (cached && now < cached.until) return cached.installed;
    const found = await services.db.inShop(shopId, isInstalled);
    if (known.size >= KNOWN_SHOPS) known.clear();
    known.set(shopId, { installed: found, until: now + KNOWN_SHOP_MS });
    return found;
  }

  /**
   * @param address of the sender, as the nearest proxy saw it last; only keyed hashes of it are used, to count for a
   * minute, and in this process for an hour
   */
  return async function recordSignals(body: unknown, address: string): Promise<Recorded> {
    const envelope = signalEnvelope.safeParse(body);
    if (!envelope.success) {
      const issue = envelope.error.issues[0];
      return fail('malformed', [issue?.path.join('.'), issue?.message].filter(Boolean).join(': '));
    }
    const { shopId } = envelope.data;
    const sender = services.secrets.hash(address, 'signals address').slice(0, 24);
    // First, because the other counters are made for whatever shop the sender names.
    if ((await services.cache.increment(`signals-of:${sender}`, 60)) > ADDRESS_LIMIT_OF_ALL) return tooMany;
    const [byAddress, byShop] = await Promise.all([
      services.cache.increment(`signals:${shopId}:${sender}`, 60),
      services.cache.increment(`signals:${shopId}`, 60),
    ]);
    if (byAddress > ADDRESS_LIMIT || byShop > SHOP_LIMIT) return tooMany;

    const { signals, rejected } = checkEvents(envelope.data, services.clock.now());
    const answer = ok({ accepted: signals.length, rejected });
    if (signals.length === 0 || !(await installed(shopId))) return answer;
    // The sender, of several addresses, is the one that the nearest proxy saw.
    const { visitorId } = envelope.data;
    const crowd = crowdOf(shopId, visitorId, address.split(' ').at(-1) ?? '', services.clock.now());
    if (crowd) await leaveOutCrowd(services, buffer, shopId, crowd);
    const taken = crowd ? signals.map((one) => ({ ...one, crowd: true as const })) : signals;
    if (buffer.add(taken) === 'full') return fail('busy', 'The intake is full; try again in a few seconds.');
    // The storefront may ask again in a moment, so interest does not wait for the database. A loss costs one answer's fit.
    await noteSignals(services, signals).catch((error: unknown) => {
      services.log.warn({ err: error, shopId }, 'interest of a visitor not noted');
    });
    if (signals.some((one) => one.kind === 'purchase')) {
      try {
        await buffer.flush();
      } catch {
        // The buffer has logged the reason and keeps the signals; a repetition is recognised by its event ids.
        return fail('busy', 'The purchase could not be stored yet; try again in a few seconds.');
      }
    }
    return answer;
  };
}
