import type { PriceTests } from '#app/domains/incentives/index.ts';
import { armIn, isHeldOut } from '#app/shared/assignment.ts';
import type { StorefrontChange, StorefrontPublication } from '#app/platforms/platform.ts';
import { type AppTest, widgetsOf } from '#app/shared/widgets/registry.ts';
import type { SplitTest } from './model.ts';
import type { ArmChange, TestSubject } from './subject.ts';
import { layerSaltOf } from './rules.ts';

const subjectName = (subject: TestSubject): string =>
  subject.type === 'app' ? 'app' : `${subject.type}:${subject.id}`;

/** What the page is told of an arm. Discounts are in the discount's configuration and with the bundle that has them. */
const shownOf = ({ hide, title, source, objective, place }: ArmChange): StorefrontChange => ({
  ...(hide && { hide }),
  ...(title !== undefined && { title }),
  ...(source && { source }),
  ...(objective && { objective }),
  ...(place && { place }),
});

/** What other widgets of the same test follow of it, by the names that pages give them; nothing changed = not told. */
function besides({ subject, arms }: Pick<SplitTest, 'subject' | 'arms'>) {
  if (subject.type !== 'widget') return [];
  return widgetsOf(subject.id).flatMap(({ name, changes, hiddenBy }) => {
    const follows = arms.some(({ change }) => changes.some((kind) => change[kind] !== undefined));
    if (name === subject.id || hiddenBy === 'app' || !follows) return [];
    const follow = (change: StorefrontChange): StorefrontChange =>
      Object.fromEntries(Object.entries(change).filter(([kind]) => changes.some((one) => one === kind)));
    return [{ subject: `widget:${name}`, follow }];
  });
}

/** Bundles are changed themselves when a version of them is applied. */
export const changesBundle = ({ type }: TestSubject): boolean => type === 'bundle' || type === 'price';

/** Everything that decides who sees what in a shop. Small and plain, so that it can be cached and put into a page. */
export type ShopExperiments = Pick<StorefrontPublication, 'holdoutBps' | 'salt' | 'tests' | 'changes'>;

/** Puts running tests and applied winners into the storefront's words. */
export function publicationOf(
  holdout: { readonly holdoutBps: number; readonly salt: string } | null,
  tests: readonly SplitTest[],
): ShopExperiments {
  return {
    holdoutBps: holdout?.holdoutBps ?? 0,
    salt: holdout?.salt ?? '',
    tests: tests
      .filter((test) => test.state === 'running')
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .flatMap((test) => {
        const told = {
          id: test.id,
          layer: layerSaltOf(test),
          from: test.bucketFrom,
          to: test.bucketTo,
          salt: test.salt,
          subject: subjectName(test.subject),
          arms: test.arms.map(({ key, share, change }) => ({ key, share, change: shownOf(change) })),
        };
        const others = besides(test).map(({ subject, follow }) => ({
          ...told,
          subject,
          arms: told.arms.map(({ change, ...arm }) => ({ ...arm, change: follow(change) })),
        }));
        return [told, ...others];
      }),
    // The oldest first: of two winners for one thing the later one counts. A bundle was changed itself.
    changes: tests
      .filter((test) => test.state === 'applied' && !changesBundle(test.subject))
      .toSorted((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime())
      .flatMap((test) => {
        const winner = test.arms.find((arm) => arm.key === test.appliedArm);
        if (!winner) return [];
        const told = { subject: subjectName(test.subject), change: shownOf(winner.change) };
        const others = besides({ ...test, arms: [winner] });
        return [told, ...others.map(({ subject, follow }) => ({ subject, change: follow(told.change) }))];
      }),
  };
}

/**
 * What pages are told: everything but what the app keeps from visitors itself. A page that hid an open panel as well
 * would be inert behind nothing.
 */
export function forPages(experiments: ShopExperiments): ShopExperiments {
  const told = (subject: string, { hide, ...change }: StorefrontChange): StorefrontChange => {
    const [type, id = ''] = subject.split(':');
    return { ...change, ...(hide && !(type === 'widget' && widgetsOf(id)[0]?.hiddenBy === 'app') && { hide }) };
  };
  return {
    ...experiments,
    tests: experiments.tests.map((test) => ({
      ...test,
      arms: test.arms.map((arm) => ({ ...arm, change: told(test.subject, arm.change) })),
    })),
    changes: experiments.changes.map(({ subject, change }) => ({ subject, change: told(subject, change) })),
  };
}

/** The running price tests as the discount's configuration holds them, with the same salts as the page's. */
export function priceTestsOf(
  holdout: { readonly holdoutBps: number; readonly salt: string } | null,
  tests: readonly SplitTest[],
): PriceTests {
  return {
    holdout: { salt: holdout?.salt ?? '', bps: holdout?.holdoutBps ?? 0 },
    tests: tests
      .filter((test) => test.state === 'running' && test.subject.type === 'price')
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((test) => ({
        bundleId: test.subject.id,
        layer: layerSaltOf(test),
        from: test.bucketFrom,
        to: test.bucketTo,
        salt: test.salt,
        arms: test.arms.map(({ key, share, change }) => ({
          share,
          values: change.values ?? [],
          mark: `${test.id}:${key}`,
        })),
      })),
  };
}

export interface Assignment {
  readonly testId: string;
  readonly arm: string;
  readonly subject: string;
  readonly change: StorefrontChange;
}

/**
 * The arms that a visitor is in, one for each running test that the visitor takes part in. Empty for one who is
 * held out of everything and for one without an id, who sees the store as it stands. The same function of hash and
 * salts as in the storefront's script, so server and page always agree.
 */
export function assignmentsOf(
  experiments: Pick<ShopExperiments, 'holdoutBps' | 'salt' | 'tests'>,
  visitorId: string | null,
): Assignment[] {
  if (visitorId === null || isHeldOut(visitorId, experiments.salt, experiments.holdoutBps)) return [];
  return experiments.tests.flatMap((test) => {
    const arm = armIn(visitorId, test);
    return arm ? [{ testId: test.id, arm: arm.key, subject: test.subject, change: arm.change }] : [];
  });
}

/** True for a visitor who is not to see what the app shows: held out of Trellis, or in an arm that hides it, or everything. */
export function isHiddenFrom(experiments: ShopExperiments, visitorId: string | null, test: AppTest): boolean {
  const hides = ({ subject, change }: { subject: string; change: { hide?: true | undefined } }) =>
    (subject === 'app' || subject === `widget:${test}`) && change.hide === true;
  if (experiments.changes.some(hides)) return true;
  if (visitorId === null) return false;
  return (
    isHeldOut(visitorId, experiments.salt, experiments.holdoutBps) || assignmentsOf(experiments, visitorId).some(hides)
  );
}
