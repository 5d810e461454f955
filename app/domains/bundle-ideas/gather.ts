import type { Baskets } from './baskets.ts';

/** Orders that hold some, and at least `need`, of a set of products. */
export interface Gathered {
  readonly chances: number;
  readonly support: number;
  readonly recentChances: number;
  readonly recentSupport: number;
  readonly buyers: number;
}

export type Gather = (holders: readonly Uint32Array[], need: number) => Gathered;

/** Makes a counter over these baskets; `recentFrom` is the first basket that counts as recent. */
export function createGather({ at, buyer }: Pick<Baskets, 'at' | 'buyer'>, recentFrom: number): Gather {
  const held = new Uint8Array(at.length);
  return (holders, need) => {
    const touched: number[] = [];
    for (const list of holders) {
      for (const basket of list) {
        const before = held[basket] ?? 0;
        if (before === 0) touched.push(basket);
        held[basket] = before + 1;
      }
    }
    const buyers = new Set<number>();
    let [support, recentChances, recentSupport] = [0, 0, 0];
    for (const basket of touched) {
      const whole = (held[basket] ?? 0) >= need;
      if (whole) {
        support += 1;
        buyers.add(buyer[basket] ?? 0);
      }
      if (basket >= recentFrom) {
        recentChances += 1;
        if (whole) recentSupport += 1;
      }
      held[basket] = 0;
    }
    return { chances: touched.length, support, recentChances, recentSupport, buyers: buyers.size };
  };
}
