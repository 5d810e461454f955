import { armIn, isHeldOut, type Split } from '#app/shared/assignment.ts';
import type { ArmChange, SplitTest, TestSubject } from './model.ts';
import { layerSaltOf } from './rules.ts';

/** `app`, `widget:<name>` or `bundle:<id>`. */
export type SubjectName = string;

export const subjectName = (subject: TestSubject): SubjectName =>
  subject.type === 'app' ? 'app' : `${subject.type}:${subject.id}`;

export interface PublishedArm {
  readonly key: string;
  readonly share: number;
  readonly change: ArmChange;
}

/** A running test as the storefront reads it. */
export interface PublishedTest extends Split<PublishedArm> {
  readonly id: string;
  readonly subject: SubjectName;
}

/** Everything that decides who sees what in a shop. Small and plain, so that it can be cached and put into a page. */
export interface ShopExperiments {
  readonly holdoutBps: number;
  readonly salt: string;
  readonly tests: readonly PublishedTest[];
  /** winners that were applied: everybody sees them */
  readonly changes: readonly { readonly subject: SubjectName; readonly change: ArmChange }[];
}

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
      .map((test) => ({
        id: test.id,
        layer: layerSaltOf(test),
        from: test.bucketFrom,
        to: test.bucketTo,
        salt: test.salt,
        subject: subjectName(test.subject),
        arms: test.arms.map(({ key, share, change }) => ({ key, share, change })),
      })),
    // The oldest first: of two winners for one thing the later one counts.
    changes: tests
      .filter((test) => test.state === 'applied')
      .toSorted((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime())
      .flatMap((test) => {
        const winner = test.arms.find((arm) => arm.key === test.appliedArm);
        return winner ? [{ subject: subjectName(test.subject), change: winner.change }] : [];
      }),
  };
}

export interface Assignment {
  readonly testId: string;
  readonly arm: string;
  readonly subject: SubjectName;
  readonly change: ArmChange;
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
