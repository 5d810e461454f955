import { setTimeout as wait } from 'node:timers/promises';
import { createLru } from '#app/shared/lru.ts';
import type { HeldGroup } from './held-reader.ts';

/** Reads everything of a group that shoppers ask much of before they ask for the rest. */
export interface ReadAhead<Group extends HeldGroup> {
  /** So many were asked for and not in memory. */
  missed(group: Group, ids: number): void;
}

export interface ReadAheadSource<Group extends HeldGroup> {
  /** The ids behind `after`, in order, at most `limit`. */
  idsAfter(group: Group, after: string, limit: number): Promise<readonly string[]>;
  hold(group: Group, ids: readonly string[]): Promise<void>;
  /** There is room for more, and the group is still the one that is asked. */
  goOn(group: Group): boolean;
  failed(group: Group, error: unknown): void;
}

/** A small shop is in memory after as many questions. */
const missesBefore = 300;
const groupsCounted = 1_000;
const page = 2_000;
/** So few that nobody who asks meanwhile waits long behind them. */
const chunk = 50;
/** For each millisecond of reading so many of rest: a fifth of the time goes to it. */
const rest = 4;

export function createReadAhead<Group extends HeldGroup>(source: ReadAheadSource<Group>): ReadAhead<Group> {
  /** by the group's name; begun at `missesBefore` */
  const misses = createLru<number>(groupsCounted);

  async function readAll(group: Group): Promise<void> {
    let after = '';
    for (;;) {
      const ids = await source.idsAfter(group, after, page);
      for (let from = 0; from < ids.length; from += chunk) {
        if (!source.goOn(group)) return;
        const began = performance.now();
        await source.hold(group, ids.slice(from, from + chunk));
        await wait(rest * (performance.now() - began), undefined, { ref: false });
      }
      const last = ids.at(-1);
      if (last === undefined || ids.length < page) return;
      after = last;
    }
  }

  return {
    missed(group, ids) {
      const before = misses.get(group.name) ?? 0;
      if (before >= missesBefore) return;
      misses.set(group.name, before + ids);
      if (before + ids < missesBefore) return;
      readAll(group).catch((error: unknown) => {
        misses.delete(group.name);
        source.failed(group, error);
      });
    },
  };
}
