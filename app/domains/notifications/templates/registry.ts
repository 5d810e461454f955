import type { z } from 'zod';
import type { AnyTemplate } from '../template.ts';
import { confirmPreferences } from './confirm-preferences.ts';
import { personalOffer } from './personal-offer.ts';
import { pointsExpire } from './points-expire.ts';
import { referralGiven } from './referral-given.ts';
import { referralPending } from './referral-pending.ts';
import { referralWelcome } from './referral-welcome.ts';
import { rewardGiven } from './reward-given.ts';
import { testMail } from './test-mail.ts';
import { tierReached } from './tier-reached.ts';

/** Every kind of mail; a new one is a file and a line. */
const registered = [
  confirmPreferences,
  personalOffer,
  pointsExpire,
  referralGiven,
  referralPending,
  referralWelcome,
  rewardGiven,
  testMail,
  tierReached,
] as const;

type Registered = (typeof registered)[number];
export type TemplateId = Registered['id'];
/** What a template is filled with. */
export type DataOf<Id extends TemplateId> = z.input<Extract<Registered, { id: Id }>['schema']>;

export const templates: readonly AnyTemplate[] = registered;

const byId = new Map(templates.map((template) => [template.id, template]));

/** The template, or null where a later version of the app took it away. */
export const findTemplate = (id: string): AnyTemplate | null => byId.get(id) ?? null;
