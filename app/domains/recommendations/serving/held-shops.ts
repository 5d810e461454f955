import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createLru } from '#app/shared/lru.ts';
import { createProductChanges, type ProductChanges } from '../cards/changes.ts';
import { loadMerchandising, type Merchandising } from '../merchandising/apply-to-list.ts';
import type { Suggestion } from '../model.ts';
import { readLists } from '../store.ts';
import { prepareRanking, type Ranking } from './rank-cart.ts';
import { readChangedSince, readHead, readServingState, type ServingState } from './store.ts';

/** What all carts of a shop share, as it stood at the last reading. */
export interface HeldShop {
  readonly shopId: ShopId;
  /** of its own for each time in which every change was seen, so that nothing kept before it is taken for true */
  readonly name: string;
  readonly state: ServingState;
  readonly changes: ProductChanges;
  /** of guests' carts */
  readonly ranking: Ranking | null;
  /** of carts whose customer's past is heard as well */
  readonly customerRanking: Ranking | null;
  /** where there is none: a version from before voices were stored */
  readonly popular: readonly Suggestion[];
  readonly merchandising: Merchandising;
}

interface Standing {
  readonly shop: HeldShop;
  /** of the database, where the next reading goes on */
  readonly position: string;
  /** ms since 1970 at which the reading began */
  readonly at: number;
}

/** What a reading found changed, told before anybody gets the new state. */
export interface ChangeListener {
  /** Voices of the version that was served until now; null = all. */
  voicesChanged(shop: HeldShop, productIds: readonly string[] | null): void;
  productsChanged(shop: HeldShop, productIds: readonly string[] | null): void;
}

export interface HeldShops {
  /** Read at most `tooOldMs` ago. */
  get(shopId: ShopId): Promise<HeldShop>;
  /** As last read, however long ago that was. */
  last(shopId: ShopId): HeldShop | undefined;
  /** Read now. */
  refresh(shopId: ShopId): Promise<HeldShop>;
}

const mostShops = 500;
/** Nothing is answered from what is known of a shop's products when it was read longer ago than this. */
export const tooOldMs = 10_000;

let names = 0;

export function createHeldShops(services: Pick<Services, 'db' | 'clock'>, listener: ChangeListener): HeldShops {
  const { db, clock } = services;
  const shops = createLru<Standing>(mostShops);
  const reading = new Map<ShopId, Promise<Standing>>();

  async function read(shopId: ShopId, before: Standing | null): Promise<Standing> {
    const at = clock.now().getTime();
    const { state, position, changed } = await readServingState(db, shopId, before?.position ?? null);
    const known = before?.shop;
    const name = known?.name ?? `${shopId} ${String((names += 1))}`;
    const changes = known?.changes ?? createProductChanges();
    if (known) {
      // Cards say what is left of a price without its tax.
      listener.productsChanged(known, changes.take(known.state.tax === state.tax ? changed : null));
      const { version, revision, wishes } = known.state;
      if (version !== state.version) listener.voicesChanged(known, null);
      else if (revision !== state.revision)
        listener.voicesChanged(known, await readChangedSince(db, shopId, version, revision));
      else if (wishes === state.wishes) return { shop: { ...known, state }, position, at };
    }
    const head = await readHead(db, shopId, state.version);
    const { merchandising, popular } = await db.inShop(shopId, async (scope) => ({
      merchandising: await loadMerchandising(scope, clock.now()),
      popular: head === null ? ((await readLists(scope, 'popular', ['']))[0]?.suggestions ?? []) : [],
    }));
    const ranking = head === null ? null : prepareRanking(head);
    const customerRanking = head === null ? null : prepareRanking(head, 'customer');
    const shop = { shopId, name, state, changes, ranking, customerRanking, popular, merchandising };
    return { shop, position, at };
  }

  /** One reading of a shop at a time: two would each take the other's changes for seen. */
  function readOnce(shopId: ShopId): Promise<Standing> {
    const running = reading.get(shopId);
    if (running) return running;
    const started = read(shopId, shops.get(shopId) ?? null)
      .then((standing) => {
        shops.set(shopId, standing);
        return standing;
      })
      .finally(() => reading.delete(shopId));
    reading.set(shopId, started);
    return started;
  }

  return {
    async get(shopId) {
      const held = shops.get(shopId);
      if (held && clock.now().getTime() - held.at < tooOldMs) return held.shop;
      return (await readOnce(shopId)).shop;
    },
    last: (shopId) => shops.get(shopId)?.shop,
    refresh: async (shopId) => (await readOnce(shopId)).shop,
  };
}
