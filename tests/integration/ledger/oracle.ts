/**
 * A ledger that a child would keep: every single point is a thing of its own that lies somewhere. Slow, and with nothing
 * in common with the real one but what both are meant to do.
 */
interface Point {
  readonly earning: string;
  /** of its earning among all, and of itself in it */
  readonly order: readonly [number, number];
  readonly vestAt: number;
  /** infinite: never */
  readonly expiresAt: number;
  place: 'pending' | 'available' | 'held' | 'spent' | 'expired' | 'gone';
  /** the hold or spending that has it, and as which one */
  by: string;
  at: number;
}

export type Answer = 'posted' | 'already' | 'insufficient' | 'exceeds' | 'not-found';

interface Common {
  readonly owner: string;
  readonly id: string;
  readonly amount: number;
}
interface Earn extends Common {
  readonly kind: 'earn';
  readonly vestAt: number;
  readonly expiresAt: number;
}
interface Take extends Common {
  readonly kind: 'spend' | 'hold' | 'spend-into-debt';
}
interface EndHold extends Common {
  readonly kind: 'capture' | 'release';
  readonly of: string;
}
interface Reverse extends Common {
  readonly kind: 'reverse';
  readonly of: string;
}
export type Order = Earn | Take | EndHold | Reverse;

interface Purse {
  readonly points: Point[];
  debt: number;
}

export interface Oracle {
  /** what must come of an order at this time */
  tell(order: Order, at: number): Answer;
  /** does what is due for everybody */
  settle(at: number): void;
  balances(owner: string): { available: number; pending: number; held: number };
  /** what an order that was carried out was: for choosing what to reverse */
  readonly done: ReadonlyMap<string, Order>;
}

export function createOracle(): Oracle {
  const purses = new Map<string, Purse>();
  const done = new Map<string, Order>();
  const reversed = new Map<string, number>();
  const owed = new Map<string, number>();
  let earnings = 0;
  const purseOf = (owner: string): Purse => {
    const purse = purses.get(owner) ?? { points: [], debt: 0 };
    purses.set(owner, purse);
    return purse;
  };
  const soonest = (a: Point, b: Point) =>
    (a.expiresAt === b.expiresAt ? 0 : a.expiresAt - b.expiresAt) ||
    a.vestAt - b.vestAt ||
    a.order[0] - b.order[0] ||
    a.order[1] - b.order[1];
  const lying = ({ points }: Purse, place: Point['place']) =>
    points.filter((point) => point.place === place).sort(soonest);
  const arrive = (purse: Purse, point: Point) => {
    point.place = purse.debt > 0 ? 'gone' : 'available';
    if (purse.debt > 0) purse.debt -= 1;
  };
  const settle = (purse: Purse, at: number) => {
    const vesting = lying(purse, 'pending').filter((point) => point.vestAt <= at);
    for (const point of vesting.sort((a, b) => a.vestAt - b.vestAt || a.order[0] - b.order[0])) arrive(purse, point);
    for (const point of lying(purse, 'available')) if (point.expiresAt <= at) point.place = 'expired';
  };
  const takenBy = ({ points }: Purse, place: Point['place'], by: string) =>
    points.filter((point) => point.place === place && point.by === by).sort((a, b) => a.at - b.at);

  function earn(purse: Purse, order: Earn, at: number): Answer {
    earnings += 1;
    for (let index = 0; index < order.amount; index += 1) {
      const { id: earning, vestAt, expiresAt } = order;
      const point: Point = {
        earning,
        order: [earnings, index],
        vestAt,
        expiresAt,
        place: 'pending',
        by: '',
        at: 0,
      };
      purse.points.push(point);
      if (vestAt <= at) arrive(purse, point);
    }
    return 'posted';
  }

  function take(purse: Purse, { id, amount, kind }: Take): Answer {
    const open = lying(purse, 'available');
    const missing = amount - Math.max(0, open.length - purse.debt);
    if (missing > 0 && kind !== 'spend-into-debt') return 'insufficient';
    if (missing > 0) {
      purse.debt += missing;
      owed.set(id, missing);
    }
    for (const [index, point] of open.slice(0, amount).entries())
      Object.assign(point, { place: kind === 'hold' ? 'held' : 'spent', by: id, at: index });
    return 'posted';
  }

  function endHold(purse: Purse, { id, of, amount, kind }: EndHold): Answer {
    const held = takenBy(purse, 'held', of);
    if (held.length < amount) return 'exceeds';
    if (kind === 'capture')
      for (const [at, point] of held.slice(0, amount).entries()) Object.assign(point, { place: 'spent', by: id, at });
    else for (const point of held.toReversed().slice(0, amount)) arrive(purse, point);
    return 'posted';
  }

  /** What was owed and paid off since comes back as a point that nobody earned. */
  function neverExpiring(purse: Purse, vestAt: number): Point {
    earnings += 1;
    const point: Point = {
      earning: '',
      order: [earnings, 0],
      vestAt,
      expiresAt: Infinity,
      place: 'gone',
      by: '',
      at: 0,
    };
    purse.points.push(point);
    return point;
  }

  function reverse(purse: Purse, { of, amount }: Reverse, at: number): Answer {
    const original = done.get(of);
    const before = reversed.get(of) ?? 0;
    if (!original) return 'not-found';
    if (original.amount - before < amount) return 'exceeds';
    reversed.set(of, before + amount);
    if (original.kind !== 'earn') {
      const first = Math.min(amount, Math.max(0, (owed.get(of) ?? 0) - before));
      for (let index = 0; index < first; index += 1) arrive(purse, neverExpiring(purse, at));
      for (const point of takenBy(purse, 'spent', of)
        .toReversed()
        .slice(0, amount - first))
        arrive(purse, point);
      return 'posted';
    }
    const own = (place: Point['place']) => lying(purse, place).filter((point) => point.earning === of);
    const others = lying(purse, 'available').filter((point) => point.earning !== of);
    const going = [...own('pending'), ...own('available'), ...own('expired'), ...others].slice(0, amount);
    for (const point of going) point.place = 'gone';
    purse.debt += amount - going.length;
    return 'posted';
  }

  function carryOut(purse: Purse, order: Order, at: number): Answer {
    switch (order.kind) {
      case 'earn':
        return earn(purse, order, at);
      case 'spend':
      case 'spend-into-debt':
      case 'hold':
        return take(purse, order);
      case 'capture':
      case 'release':
        return endHold(purse, order);
      case 'reverse':
        return reverse(purse, order, at);
    }
  }

  return {
    done,
    settle(at) {
      for (const purse of purses.values()) settle(purse, at);
    },
    tell(order, at) {
      if (done.has(order.id)) return 'already';
      const purse = purseOf(order.owner);
      if ('of' in order && !done.has(order.of)) return 'not-found';
      settle(purse, at);
      const answer = carryOut(purse, order, at);
      if (answer === 'posted') done.set(order.id, order);
      return answer;
    },
    balances(owner) {
      const purse = purseOf(owner);
      const count = (place: Point['place']) => lying(purse, place).length;
      return { available: count('available') - purse.debt, pending: count('pending'), held: count('held') };
    },
  };
}
