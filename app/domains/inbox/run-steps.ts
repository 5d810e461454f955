import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { saveFinishedSteps } from './store.ts';

/** One subscriber of a flow. It may be given an event twice and must converge. */
export type Step<Event> = WriteStep<Event> | RunStep<Event>;

interface Subscriber<Event> {
  readonly name: string;
  /** events that it has something to do with; all of them where it does not say */
  readonly when?: (event: Event) => boolean;
  /** the steps after it build on what it brings: where it fails they wait for the event's next try with it */
  readonly leads?: true;
}

/** All it does is in the database: it commits together with the memory of it. */
interface WriteStep<Event> extends Subscriber<Event> {
  /** @param events many at once, in the order of their receipt, several of them perhaps about one record */
  readonly write: (scope: ShopScope, events: readonly Event[]) => Promise<unknown>;
}

/** It asks others, the platform above all: once for all events about one subject. */
interface RunStep<Event> extends Subscriber<Event> {
  /** what is asked about; null where there is nothing to ask */
  readonly subject: (event: Event, key: string) => string | null | Promise<string | null>;
  readonly run: (subject: string, events: readonly Event[]) => Promise<void>;
}

/** An event whose steps are run. */
export interface StepEvent<Event> {
  readonly key: string;
  readonly event: Event;
  /** steps that an earlier try finished */
  readonly finished: ReadonlySet<string>;
}

/**
 * Runs the subscribers of events, in order. Each finished step is remembered, so that one that fails neither blocks nor
 * repeats the others: the rest still runs, and the next try does only what is missing. After a step that leads nothing runs
 * that it did not go before: it would be remembered as done with the record as it was.
 * Since each commit waits for the disk, events whose steps only write share one transaction, their end included. Where it
 * fails, each half of them is tried alone, and of a single event each step.
 * @param close ends events whose steps are all done
 * @returns what went wrong, by the keys of the events that are not done
 * @throws where the database does not answer: that is no event's fault
 */
export async function runSteps<Event>(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
  steps: readonly Step<Event>[],
  events: readonly StepEvent<Event>[],
  close: (scope: ShopScope, keys: readonly string[]) => Promise<void>,
): Promise<Map<string, AggregateError>> {
  type Told = StepEvent<Event>;
  const failures = new Map<string, unknown[]>();
  const fail = ({ key }: Told, error: unknown) => failures.set(key, [...(failures.get(key) ?? []), error]);
  const end = (scope: ShopScope, all: readonly Told[]) =>
    close(
      scope,
      all.map(({ key }) => key),
    );
  const needs = ({ event, finished }: Told, { name, when }: Step<Event>) =>
    !finished.has(name) && (when === undefined || when(event));
  const dueOf = (all: readonly Told[], step: Step<Event>) => all.filter((event) => needs(event, step));
  const remember = (scope: ShopScope, done: readonly { key: string; step: string }[]) =>
    saveFinishedSteps(scope, done, clock.now());
  /** What the events are to have written by these steps. */
  async function write(scope: ShopScope, all: readonly Told[], these: readonly WriteStep<Event>[]): Promise<void> {
    const done: { key: string; step: string }[] = [];
    for (const step of these) {
      const due = dueOf(all, step);
      if (due.length === 0) continue;
      await step.write(
        scope,
        due.map(({ event }) => event),
      );
      done.push(...due.map(({ key }) => ({ key, step: step.name })));
    }
    await remember(scope, done);
  }

  /** Does `work` in one transaction for all of them, or for as many as it works for; each of the others is given to `alone`. */
  async function together(
    all: readonly Told[],
    work: (scope: ShopScope, all: readonly Told[]) => Promise<void>,
    alone: (event: Told, error: unknown) => unknown,
  ): Promise<void> {
    if (all.length === 0) return;
    try {
      await db.inShop(shopId, (scope) => work(scope, all));
    } catch (error) {
      await db.inShop(shopId, () => Promise.resolve());
      const [first] = all;
      if (all.length === 1 && first) return void (await alone(first, error));
      const half = Math.ceil(all.length / 2);
      await together(all.slice(0, half), work, alone);
      await together(all.slice(half), work, alone);
    }
  }

  async function run(all: readonly Told[], step: RunStep<Event>): Promise<void> {
    const subjects = new Map<string | null, Told[]>();
    for (const event of dueOf(all, step)) {
      try {
        const subject = await step.subject(event.event, event.key);
        subjects.set(subject, [...(subjects.get(subject) ?? []), event]);
      } catch (error) {
        fail(event, error);
      }
    }
    const done: Told[] = [];
    for (const [subject, about] of subjects) {
      try {
        if (subject !== null)
          await step.run(
            subject,
            about.map(({ event }) => event),
          );
        done.push(...about);
      } catch (error) {
        for (const event of about) fail(event, error);
      }
    }
    if (done.length === 0) return;
    const marks = done.map(({ key }) => ({ key, step: step.name }));
    await db.inShop(shopId, (scope) => remember(scope, marks));
  }

  async function oneByOne(all: readonly Told[]): Promise<void> {
    let led = all;
    for (const step of steps) {
      if ('run' in step) await run(led, step);
      else await together(dueOf(led, step), (scope, some) => write(scope, some, [step]), fail);
      if (step.leads) led = led.filter(({ key }) => !failures.has(key));
    }
    await together(
      all.filter(({ key }) => !failures.has(key)),
      end,
      fail,
    );
  }

  const writes = steps.flatMap((step) => ('write' in step ? [step] : []));
  const asks = (event: Told) => steps.some((step) => 'run' in step && needs(event, step));
  await together(
    events.filter((event) => !asks(event)),
    async (scope, all) => {
      await write(scope, all, writes);
      await end(scope, all);
    },
    (event) => oneByOne([event]),
  );
  await oneByOne(events.filter(asks));
  return new Map([...failures].map(([key, errors]) => [key, new AggregateError(errors, reasonsOf(errors))]));
}

const reasonsOf = (errors: readonly unknown[]) =>
  errors.map((error) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error))).join('; ');
