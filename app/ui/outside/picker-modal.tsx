import { BlockStack, Modal, Spinner, Text, TextField } from '@shopify/polaris';
import type { ReactNode } from 'react';

interface PickerModalProps {
  readonly title: string;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly loading: boolean;
  readonly empty: boolean;
  readonly chosen: number;
  readonly onDone: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A search field over what can be chosen. */
export function PickerModal({ title, search, onSearch, loading, empty, chosen, ...rest }: PickerModalProps) {
  return (
    <Modal
      open
      title={title}
      onClose={rest.onClose}
      primaryAction={{ content: chosen === 0 ? 'Select' : `Select ${String(chosen)}`, onAction: rest.onDone }}
      secondaryActions={[{ content: 'Cancel', onAction: rest.onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <TextField
            label="Search"
            labelHidden
            placeholder="Search"
            autoComplete="off"
            value={search}
            onChange={onSearch}
            clearButton
            onClearButtonClick={() => onSearch('')}
            {...(loading ? { suffix: <Spinner size="small" accessibilityLabel="Searching" /> } : {})}
          />
          {empty && !loading ? (
            <Text as="p" tone="subdued">
              Nothing in your store fits this.
            </Text>
          ) : (
            rest.children
          )}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
