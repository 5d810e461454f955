import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import type { ViteDevServer } from 'vite';
import type { Services } from '#app/infra/services.ts';

export type PageHandler = (request: Request) => Promise<Response>;

/** The one place where the server meets Remix: a built page bundle, or Vite's live one in development. */
export async function createPageHandler(services: Services, vite: ViteDevServer | null): Promise<PageHandler> {
  const mode = services.config.NODE_ENV;
  const load = async (): Promise<ServerBuild> => {
    if (vite) return (await vite.ssrLoadModule('virtual:remix/server-build')) as ServerBuild;
    const file = path.resolve(import.meta.dirname, '../build/server/index.js');
    if (!existsSync(file)) throw new Error('The pages are not built: run `npm run build`.');
    return (await import(pathToFileURL(file).href)) as ServerBuild;
  };
  const handle = createRequestHandler(vite ? load : await load(), mode);
  return (request) => handle(request, { services });
}
