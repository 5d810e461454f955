import { useLocation, useNavigation, useSubmit } from '@remix-run/react';
import { Frame, Loading, Navigation, Toast, TopBar } from '@shopify/polaris';
import { ExitIcon } from '@shopify/polaris-icons';
import { type ReactNode, useEffect, useState } from 'react';
import { sections } from '../sections.ts';
import { CollectionPicker } from './collection-picker.tsx';
import { ProductPicker } from './product-picker.tsx';
import { answerPages, type FrameRequests } from './requests.ts';
import { useSignedIn } from './use-outside.ts';

/** What the admin of a platform does elsewhere: menu, messages, loading bar and pickers, at any width. */
export function OutsideFrame({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const busy = useNavigation().state !== 'idle';
  const [menu, setMenu] = useState(false);
  // Nobody is signed in on these pages.
  const inside = !pathname.startsWith('/connect/');
  return (
    <Frame
      {...(inside
        ? {
            navigation: <Menu pathname={pathname} onChoose={() => setMenu(false)} />,
            topBar: <StoreBar onMenu={() => setMenu(!menu)} />,
            showMobileNavigation: menu,
            onNavigationDismiss: () => setMenu(false),
          }
        : {})}
    >
      {busy ? <Loading /> : null}
      {children}
      <Toasts />
      <ProductPicker />
      <CollectionPicker />
    </Frame>
  );
}

function useSignOut(): () => void {
  const submit = useSubmit();
  return () => {
    submit(null, { method: 'post', action: '/connect/sign-out' });
  };
}

/** Says whose numbers these are: a merchant may have several stores. */
function StoreBar({ onMenu }: { onMenu: () => void }) {
  const store = useSignedIn();
  const [open, setOpen] = useState(false);
  const signOut = useSignOut();
  return (
    <TopBar
      showNavigationToggle
      onNavigationToggle={onMenu}
      contextControl={<div className="outside-brand">Trellis</div>}
      {...(store
        ? {
            userMenu: (
              <TopBar.UserMenu
                name={store.name}
                detail={store.domain.replace(/^https?:\/\//, '')}
                initials={store.name.slice(0, 1).toUpperCase()}
                open={open}
                onToggle={() => setOpen(!open)}
                actions={[{ items: [{ content: 'Sign out', icon: ExitIcon, onAction: signOut }] }]}
              />
            ),
          }
        : {})}
    />
  );
}

function Menu({ pathname, onChoose }: { pathname: string; onChoose: () => void }) {
  return (
    <Navigation location={pathname}>
      <Navigation.Section
        items={sections.map(({ url, label, icon }) => ({
          url,
          label,
          icon,
          onClick: onChoose,
          exactMatch: url === '/',
          matches: url === '/' ? pathname === '/' : pathname.startsWith(url),
        }))}
      />
    </Navigation>
  );
}

function Toasts() {
  const [shown, setShown] = useState<FrameRequests['toast'] | null>(null);
  useEffect(() => answerPages('toast', setShown), []);
  if (!shown) return null;
  const { message, undo } = shown;
  const action = undo && {
    content: undo.label,
    onAction: () => {
      undo.onUndo();
      setShown(null);
    },
  };
  return (
    <Toast
      content={message}
      onDismiss={() => setShown(null)}
      {...(action ? { action, duration: 10_000 } : { duration: 5_000 })}
    />
  );
}
