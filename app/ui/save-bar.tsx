import { useBlocker } from '@remix-run/react';
import { useEffect } from 'react';
import { appBridge } from './app-bridge.ts';

export interface SaveBarProps {
  readonly id: string;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/**
 * The admin's bar for unsaved changes: shown while `dirty`, and whoever leaves the page then is asked first.
 * App Bridge moves the two buttons into the bar.
 */
export function SaveBar({ id, dirty, saving, onSave, onDiscard }: SaveBarProps) {
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

function useLeaveGuard(active: boolean): void {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => active && currentLocation.pathname !== nextLocation.pathname,
  );
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
