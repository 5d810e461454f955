/** A transaction that met another one: run again, it comes to a proper end. */
export class TransactionConflict extends Error {
  override readonly name = 'TransactionConflict';
}

const attempts = 3;

/** PostgreSQL's codes of transactions that it ended for another's sake: serialisation failure, deadlock. */
const endedForAnother: ReadonlySet<unknown> = new Set(['40001', '40P01']);

/** Runs a whole transaction, and again where it was ended for another's sake. */
export async function withRepetition<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === attempts || !isConflict(error)) throw error;
    }
  }
}

/** Whether a failure says nothing but that two transactions met; Prisma packs the driver's error into its own. */
function isConflict(error: unknown): boolean {
  if (error instanceof TransactionConflict) return true;
  for (let inner: unknown = error, depth = 0; isObject(inner) && depth < 5; depth += 1) {
    // P2034 is Prisma's word for a serialisation failure.
    if (inner['code'] === 'P2034' || endedForAnother.has(inner['code']) || endedForAnother.has(inner['originalCode']))
      return true;
    const meta = isObject(inner['meta']) ? inner['meta']['driverAdapterError'] : undefined;
    inner = meta ?? inner['cause'];
  }
  return false;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
