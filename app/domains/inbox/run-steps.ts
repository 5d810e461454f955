import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { readFinishedSteps, saveFinishedStep } from './store.ts';

/** One subscriber of a flow. `run` may run twice and must converge. */
export interface Step {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/**
 * Runs the subscribers of one event in order. Each finished step is remembered, so that one that fails neither
 * blocks nor repeats the others: the rest still runs, and the next try does only what is missing.
 * @throws AggregateError with the failures of this round
 */
export async function runSteps(
  services: Services,
  shopId: ShopId,
  eventKey: string,
  steps: readonly Step[],
): Promise<void> {
  const { db, clock } = services;
  const finished = await db.inShop(shopId, (scope) => readFinishedSteps(scope, eventKey));
  const failures: unknown[] = [];
  for (const step of steps) {
    if (finished.has(step.name)) continue;
    try {
      await step.run();
      await db.inShop(shopId, (scope) => saveFinishedStep(scope, eventKey, step.name, clock.now()));
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
}
