import { useBeforeUnload, useBlocker } from '@remix-run/react';
import { ContextualSaveBar, Modal, Text } from '@shopify/polaris';
import { useCallback, useEffect } from 'react';
import { appBridge } from './app-bridge.ts';
import { useOutside } from './outside/use-outside.ts';

export interface SaveBarProps {
  readonly id: string;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** The bar for unsaved changes: shown while `dirty`, and whoever leaves the page then is asked first. */
export function SaveBar(props: SaveBarProps) {
  return useOutside() ? <OwnBar {...props} /> : <AdminBar {...props} />;
}

/** The admin's own: App Bridge moves the two buttons into the bar. */
function AdminBar({ id, dirty, saving, onSave, onDiscard }: SaveBarProps) {
  useEffect(() => {
    const bar = appBridge()?.saveBar;
    void (dirty ? bar?.show(id) : bar?.hide(id));
    return () => void bar?.hide(id);
  }, [id, dirty]);
  useLeaveGuard(dirty && !saving);

  return (
    <ui-save-bar id={id}>
      {/* App Bridge knows the buttons' own click events and the attribute `loading` only. */}
      <button type="button" variant="primary" onClick={onSave} disabled={saving} {...(saving ? { loading: '' } : {})}>
        Save
      </button>
      <button type="button" onClick={onDiscard} disabled={saving}>
        Discard
      </button>
    </ui-save-bar>
  );
}

/** In the frame of our own, where no admin is around. */
function OwnBar({ dirty, saving, onSave, onDiscard }: SaveBarProps) {
  const blocker = useUnsavedBlocker(dirty && !saving);
  // The browser asks whoever closes the tab or goes elsewhere, also while the answer of a save is still out.
  useBeforeUnload(useCallback((event) => (dirty ? event.preventDefault() : undefined), [dirty]));
  return (
    <>
      {dirty ? (
        <ContextualSaveBar
          message="Unsaved changes"
          saveAction={{ onAction: onSave, loading: saving, disabled: saving }}
          discardAction={{ onAction: onDiscard, disabled: saving }}
        />
      ) : null}
      {blocker.state === 'blocked' ? (
        <Modal
          open
          size="small"
          title="Leave page with unsaved changes?"
          onClose={() => blocker.reset()}
          primaryAction={{ content: 'Leave page', destructive: true, onAction: () => blocker.proceed() }}
          secondaryActions={[{ content: 'Stay', onAction: () => blocker.reset() }]}
        >
          <Modal.Section>
            <Text as="p">Leaving this page will delete all unsaved changes.</Text>
          </Modal.Section>
        </Modal>
      ) : null}
    </>
  );
}

const useUnsavedBlocker = (active: boolean) =>
  useBlocker(({ currentLocation, nextLocation }) => active && currentLocation.pathname !== nextLocation.pathname);

function useLeaveGuard(active: boolean): void {
  const blocker = useUnsavedBlocker(active);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    const bar = appBridge()?.saveBar;
    if (!bar) {
      blocker.proceed();
      return;
    }
    bar.leaveConfirmation().then(
      () => blocker.proceed(),
      () => blocker.reset(),
    );
  }, [blocker]);
}
