import { Link, useNavigate, useNavigation } from '@remix-run/react';
import { AppProvider } from '@shopify/polaris';
import polarisTexts from '@shopify/polaris/locales/en.json';
import { Fragment, type ReactNode, forwardRef, useEffect } from 'react';
import { appBridge } from './app-bridge.ts';
import { OutsideFrame } from './outside/frame.tsx';
import { useOutside } from './outside/use-outside.ts';
import { sections } from './sections.ts';

/** What Polaris hands to the component that draws its links, besides the attributes of the link itself. */
interface PolarisLinkProps {
  readonly url: string;
  readonly external?: boolean;
  readonly children?: ReactNode;
}

const PolarisLink = forwardRef<HTMLAnchorElement, PolarisLinkProps>(function PolarisLink(
  { url, external, ...rest },
  ref,
) {
  // App Bridge opens `shopify://admin/…` in the admin around us.
  if (url.startsWith('shopify:')) return <a href={url} target="_top" {...rest} ref={ref} />;
  if (external || /^https?:/.test(url)) return <a href={url} target="_blank" rel="noreferrer" {...rest} ref={ref} />;
  return <Link to={url} {...rest} ref={ref} />;
});

/** What is around every page: Polaris, the app's menu (the admin's own, or ours where there is none), and the loading bar. */
export function AdminFrame({ children }: { children: ReactNode }) {
  const outside = useOutside();
  useAdminNavigation();
  useLoadingBar();
  return (
    <AppProvider i18n={polarisTexts} linkComponent={PolarisLink}>
      {outside ? <OutsideFrame>{children}</OutsideFrame> : <AdminMenu>{children}</AdminMenu>}
    </AppProvider>
  );
}

/** The entries that the admin shows in its own menu. */
function AdminMenu({ children }: { children: ReactNode }) {
  return (
    <>
      <s-app-nav>
        <s-link href="/" rel="home">
          Trellis
        </s-link>
        {sections.slice(1).map(({ url, label }) => (
          <Fragment key={url}>
            <s-link href={url}>{label}</s-link>
          </Fragment>
        ))}
      </s-app-nav>
      {children}
    </>
  );
}

/** App Bridge announces a click in the admin's menu as an event on the link; Remix then changes the page. */
function useAdminNavigation(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const follow = (event: Event): void => {
      const href = event.target instanceof Element ? event.target.getAttribute('href') : null;
      if (href) navigate(href);
    };
    document.addEventListener('shopify:navigate', follow);
    return () => document.removeEventListener('shopify:navigate', follow);
  }, [navigate]);
}

function useLoadingBar(): void {
  const busy = useNavigation().state !== 'idle';
  useEffect(() => {
    appBridge()?.loading(busy);
  }, [busy]);
}
