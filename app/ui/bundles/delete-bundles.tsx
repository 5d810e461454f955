import { Modal, Text } from '@shopify/polaris';
import { formatPlural } from '../format.ts';
import type { BundleChange } from './use-bundle-change.ts';

/** Asks before bundles are deleted. */
export function DeleteBundles({ change }: { change: BundleChange }) {
  const count = change.asking.length;
  const what = count === 1 ? 'this bundle' : formatPlural(count, 'bundle');
  return (
    <Modal
      open={count > 0}
      onClose={change.cancelDelete}
      title={`Delete ${what}?`}
      primaryAction={{ content: 'Delete', destructive: true, onAction: change.confirmDelete }}
      secondaryActions={[{ content: 'Cancel', onAction: change.cancelDelete }]}
    >
      <Modal.Section>
        <Text as="p">
          It disappears from your store at once. Orders that contain it stay as they are, and you can undo this for a
          moment.
        </Text>
      </Modal.Section>
    </Modal>
  );
}
