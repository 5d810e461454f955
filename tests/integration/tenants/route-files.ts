import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';

const appFolder = path.resolve(import.meta.dirname, '../../../app');
const routesFolder = path.join(appFolder, 'routes');

export interface RouteModule {
  readonly loader?: (args: LoaderFunctionArgs) => unknown;
  readonly action?: (args: ActionFunctionArgs) => unknown;
}

/** Every route module of the file system by its route's name, as Remix's flat routes find them: `x.tsx` and `x/route.tsx`. */
export function routeFiles(): Map<string, string> {
  const found = new Map<string, string>([['root', path.join(appFolder, 'root.tsx')]]);
  for (const entry of readdirSync(routesFolder, { withFileTypes: true })) {
    if (/\.(test|server)\.[^.]+$/.test(entry.name)) continue;
    if (entry.isDirectory()) {
      const file = ['route.tsx', 'route.ts']
        .map((name) => path.join(routesFolder, entry.name, name))
        .find((name) => existsSync(name));
      if (file) found.set(entry.name, file);
    } else if (/\.tsx?$/.test(entry.name)) {
      found.set(entry.name.replace(/\.tsx?$/, ''), path.join(routesFolder, entry.name));
    }
  }
  return found;
}

/** The loaders and actions of all routes, as `<route> loader` and `<route> action`. */
export async function loadHandlers(): Promise<Map<string, NonNullable<RouteModule['loader']>>> {
  const handlers = new Map<string, NonNullable<RouteModule['loader']>>();
  for (const [name, file] of routeFiles()) {
    const module = (await import(/* @vite-ignore */ file)) as RouteModule;
    if (module.loader) handlers.set(`${name} loader`, module.loader);
    if (module.action) handlers.set(`${name} action`, module.action);
  }
  return handlers;
}
