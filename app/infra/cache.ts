/**
 * A small cache of JSON text shared by the processes that serve shoppers: Redis where it is configured, else
 * memory in the process with the same rules. Losing any entry at any time must be harmless.
 */
export interface Cache {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  /**
   * Sets a value where the entry is still what was read (null = none), so that of two who change it at the same time
   * the later one notices. @returns whether it was set
   */
  replace(key: string, expected: string | null, value: string, ttlSeconds: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  /**
   * Adds one to a counter that disappears `ttlSeconds` after its first increment, and returns the new count.
   * Rate limits and replay guards are built on it.
   */
  increment(key: string, ttlSeconds: number): Promise<number>;
  close(): Promise<void>;
}
