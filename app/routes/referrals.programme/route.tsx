import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { findProgramme } from '#app/domains/loyalty/index.ts';
import { readHoldoutBps, readProgramme, type Simulation, usualHoldoutBps } from '#app/domains/referrals/index.ts';
import { assumptionsFor, changeProgramme, simulateProgramme, simulateSent } from '#app/flows/referrals/merchant.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { toProgrammeForm } from './programme-form.ts';
import { ProgrammePage } from './programme-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Referral programme' }];

export type ProgrammeAnswer =
  { readonly ok: true; readonly simulation: Simulation | null } | { readonly ok: false; readonly message: string };

const simulationAsked = z.object({ simulate: z.unknown() });

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { shop, now, standing } = merchant;
  return merchant.inShop(async (scope) => {
    const { active, terms } = await readProgramme(scope);
    const assumed = await assumptionsFor(scope, shop, now);
    // A programme of points holds customers out of both already.
    const points = (await findProgramme(scope))?.status ?? 'draft';
    const holdoutBps = (await readHoldoutBps(scope)) ?? (points === 'draft' ? usualHoldoutBps : 0);
    return {
      form: toProgrammeForm(active, terms, shop.currency, holdoutBps),
      simulation: await simulateProgramme(scope, shop, now, terms, assumed),
      assumed,
      currency: shop.currency,
      storeCredit: merchant.capabilities?.storeCredit ?? false,
      standing,
    };
  });
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { shop, now } = merchant;
  const sent = await readJson(args.request);
  const asked = simulationAsked.safeParse(sent);
  if (asked.success && asked.data.simulate !== undefined) {
    const simulation = await merchant.inShop((scope) => simulateSent(scope, shop, now, asked.data.simulate));
    return data<ProgrammeAnswer>({ ok: true, simulation });
  }
  const saved = await changeProgramme(args.context.services, shop.id, sent);
  return saved.ok
    ? data<ProgrammeAnswer>({ ok: true, simulation: null })
    : data<ProgrammeAnswer>({ ok: false, message: saved.message }, { status: 422 });
}

export default function ProgrammeEditor() {
  const loaded = useLoaderData<typeof loader>();
  return <ProgrammePage key={JSON.stringify(loaded.form)} {...loaded} />;
}
