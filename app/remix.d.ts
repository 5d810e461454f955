/// <reference types="vite/client" />
/// <reference types="@remix-run/node" />
import type {} from '@shopify/app-bridge-types';
import type { SAppNavLinkAttributes } from '@shopify/app-bridge-types';
import type { Services } from '#app/infra/services.ts';

declare module '@remix-run/node' {
  interface AppLoadContext {
    readonly services: Services;
  }
  interface Future {
    v3_singleFetch: true;
  }
}

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    readonly services: Services;
  }
  interface Future {
    v3_singleFetch: true;
  }
}

declare global {
  namespace JSX {
    interface IntrinsicElements {
      's-link': SAppNavLinkAttributes;
    }
  }
}
