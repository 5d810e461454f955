import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { saveFinishedStep } from './store.ts';

/** One subscriber of a flow. It may run twice and must converge. */
export type Step = { readonly name: string } & (
  | {
      /** all it does is in the database: it commits together with the memory of it */
      readonly write: (scope: ShopScope) => Promise<unknown>;
    }
  | { readonly run: () => Promise<void> }
);

/** The event whose steps are run. */
export interface StepEvent {
  readonly key: string;
  /** steps that an earlier try finished */
  readonly finished: ReadonlySet<string>;
  /** closes the event; called once everything is done, in the last transaction */
  readonly close: (scope: ShopScope) => Promise<void>;
}

/**
 * Runs the subscribers of one event in order. Each finished step is remembered, so that one that fails neither
 * blocks nor repeats the others: the rest still runs, and the next try does only what is missing.
 * Steps that only write share one transaction with the end of the event, since each commit waits for the disk; where
 * that fails, each is tried alone.
 * @throws AggregateError with the failures of this round
 */
export async function runSteps(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
  event: StepEvent,
  steps: readonly Step[],
): Promise<void> {
  const save = (scope: ShopScope, { name }: Step) => saveFinishedStep(scope, event.key, name, clock.now());
  const missing = steps.filter(({ name }) => !event.finished.has(name));
  const writes = missing.flatMap((step) => ('write' in step ? [step] : []));
  if (writes.length === missing.length && writes.length > 0) {
    try {
      await db.inShop(shopId, async (scope) => {
        for (const step of writes) {
          await step.write(scope);
          await save(scope, step);
        }
        await event.close(scope);
      });
      return;
    } catch {
      // Which of them it was is found out below, and said there.
    }
  }
  const failures: unknown[] = [];
  for (const step of missing) {
    try {
      if ('run' in step) await step.run();
      await db.inShop(shopId, async (scope) => {
        if ('write' in step) await step.write(scope);
        await save(scope, step);
      });
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    const reasons = failures.map((error) =>
      error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    );
    throw new AggregateError(failures, reasons.join('; '));
  }
  await db.inShop(shopId, event.close);
}
