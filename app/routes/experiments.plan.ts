import type { ActionFunctionArgs } from '@remix-run/node';
import { checkSplitTest } from '#app/domains/experiments/index.ts';
import { planExperiment } from '#app/flows/change-experiment.ts';
import { readJson } from './json-body.server.ts';
import { requireMerchant } from './merchant.server.ts';

export interface PlanAnswer {
  /** what is wrong with the form, by field */
  readonly fields: Readonly<Record<string, string>>;
  /** null where the form cannot be planned yet */
  readonly plan: {
    readonly visitorsPerDay: number;
    readonly visitors: number | null;
    readonly days: number | null;
  } | null;
}

/** Checks the form of an experiment and says how long it would take. Writes nothing. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const checked = checkSplitTest(await readJson(args.request));
  if (!checked.ok) return answer({ fields: checked.fields, plan: null });
  const { fields, ...plan } = await planExperiment(args.context.services, merchant.shop.id, checked.value);
  return answer({ fields, plan });
}

const answer = (body: PlanAnswer): Response => Response.json(body);
