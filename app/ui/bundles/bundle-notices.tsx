import { Banner } from '@shopify/polaris';
import { hasNotice, StoreNotice, type StoreStanding } from '../store-notice.tsx';
import { LargestCartsNotice } from './largest-carts-notice.tsx';
import { type LeftOutBundle, LeftOutNotice } from './left-out-notice.tsx';
import type { BundlePromise } from './promise.ts';

interface BundleNoticesProps {
  readonly standing: StoreStanding;
  /** what could not be changed, and why */
  readonly problems: readonly string[];
  readonly promises: readonly BundlePromise[];
  /** the checkout tries all live bundles even in the largest carts */
  readonly allTried: boolean;
  /** live bundles that the store's discount cannot hold */
  readonly leftOut: readonly LeftOutBundle[];
}

/** What a merchant should know before the list: the store, the last change, the margin. */
export function BundleNotices({ standing, problems, promises, allTried, leftOut }: BundleNoticesProps) {
  return (
    <>
      {hasNotice(standing) ? (
        <div className="page-notice">
          <StoreNotice standing={standing} />
        </div>
      ) : null}
      {problems.length > 0 ? (
        <div className="page-notice">
          <Banner tone="critical" title="Some bundles were not changed">
            {problems.map((problem) => (
              <p key={problem}>{problem}</p>
            ))}
          </Banner>
        </div>
      ) : null}
      {leftOut.length > 0 ? (
        <div className="page-notice">
          <LeftOutNotice bundles={leftOut} />
        </div>
      ) : null}
      {allTried ? null : (
        <div className="page-notice">
          <LargestCartsNotice />
        </div>
      )}
      {promises.some(({ state }) => state !== 'whole') ? (
        <div className="page-notice">
          <Banner
            tone="warning"
            title="Your minimum margin holds some discounts back"
            action={{ content: 'Open Settings', url: '/settings' }}
          >
            <p>
              With the full discount these bundles would earn less than your minimum margin. Shoppers get the smaller
              one that stands below it; where none is possible, the store does not show the bundle.
            </p>
          </Banner>
        </div>
      ) : null}
    </>
  );
}
