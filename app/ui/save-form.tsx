import type { ReactNode } from 'react';
import { SaveBar, type SaveBarProps } from './save-bar.tsx';

/** A form with the admin's bar for unsaved changes; Enter in a field saves, the visible button is in the bar. */
export function SaveForm({ children, className, ...bar }: SaveBarProps & { children: ReactNode; className?: string }) {
  return (
    <>
      <SaveBar {...bar} />
      <form
        {...(className === undefined ? {} : { className })}
        onSubmit={(event) => {
          event.preventDefault();
          bar.onSave();
        }}
      >
        <button type="submit" hidden disabled={!bar.dirty} />
        {children}
      </form>
    </>
  );
}
