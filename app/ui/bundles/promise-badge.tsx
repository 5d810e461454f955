import { Badge } from '@shopify/polaris';
import type { BundlePromise } from './promise.ts';

/** Says where the margin guard holds a bundle's discount back. */
export function PromiseBadge({ promise }: { promise: BundlePromise }) {
  if (promise.state === 'whole') return null;
  return <Badge tone="warning">{promise.state === 'none' ? 'No discount possible' : 'Discount reduced'}</Badge>;
}
