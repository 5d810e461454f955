import { type MetaFunction, data } from '@remix-run/node';
import { ProblemPage } from '../ui/error-page.tsx';

export const meta: MetaFunction = () => [{ title: 'This page does not exist' }];

/** Every address without a page of its own: as a route it has the admin's menu around it, an unmatched one has not. */
export function loader() {
  return data(null, { status: 404 });
}

export default function NothingHere() {
  return <ProblemPage status={404} />;
}
