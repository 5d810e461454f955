/** A bounded memory: what was not asked for lately goes. */
export interface Lru<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/**
 * Two generations instead of an order that every read would have to change: what is read moves to the young one, and
 * when that is full the old one is forgotten as a whole.
 * @param most entries held at once
 */
export function createLru<Value>(most: number): Lru<Value> {
  const full = Math.max(1, Math.floor(most / 2));
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  function keep(key: string, value: Value): void {
    young.set(key, value);
    if (young.size < full) return;
    old = young;
    young = new Map();
  }

  return {
    get(key) {
      const fresh = young.get(key);
      if (fresh !== undefined) return fresh;
      const value = old.get(key);
      if (value !== undefined) keep(key, value);
      return value;
    },
    set: keep,
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
  };
}
