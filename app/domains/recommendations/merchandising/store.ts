import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import {
  defaultMerchandising,
  type MerchandisingSettings,
  merchandisingSettingsSchema,
  type Rule,
  ruleActions,
  type RuleForm,
  ruleSurfaces,
  ruleTargetSchema,
} from './model.ts';
import { z } from 'zod';

type RuleRow = NonNullable<Awaited<ReturnType<ShopScope['tx']['recommendationRule']['findFirst']>>>;

const stored = z.object({
  action: z.enum(ruleActions),
  status: z.enum(['on', 'off']),
  surfaces: z.array(z.enum(ruleSurfaces)),
  target: ruleTargetSchema,
  condition: ruleTargetSchema.nullable(),
});

function toRule({ shopId: _shopId, ...row }: RuleRow): Rule {
  return { ...row, ...stored.parse(row) };
}

/** The offer of a rule that gives a saving by itself bears the rule's id. */
const columnsOf = (id: string, form: RuleForm) => ({
  ...form,
  bundleId: form.savingBps > 0 ? id : form.bundleId,
  surfaces: [...form.surfaces],
  condition: form.condition ?? Prisma.DbNull,
});

/** All rules of the shop in their order. */
export async function readRules(scope: ShopScope): Promise<Rule[]> {
  const rows = await scope.tx.recommendationRule.findMany({
    where: { shopId: scope.shopId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toRule);
}

/** `id` must be a UUID. */
export async function readRule(scope: ShopScope, id: string): Promise<Rule | null> {
  const row = await scope.tx.recommendationRule.findFirst({ where: { shopId: scope.shopId, id } });
  return row && toRule(row);
}

/** Puts a new rule behind all others. */
export async function insertRule(scope: ShopScope, id: string, form: RuleForm, now: Date): Promise<Rule> {
  const last = await scope.tx.recommendationRule.aggregate({
    where: { shopId: scope.shopId },
    _max: { position: true },
  });
  const row = await scope.tx.recommendationRule.create({
    data: {
      shopId: scope.shopId,
      id,
      ...columnsOf(id, form),
      position: (last._max.position ?? -1) + 1,
      createdAt: now,
      updatedAt: now,
    },
  });
  return toRule(row);
}

/** The column's: a client may send any number. */
const largestRevision = 2 ** 31 - 1;

/** Replaces a rule if it still stands at `revision`; false when somebody else was faster or it is gone. */
export async function replaceRule(
  scope: ShopScope,
  id: string,
  revision: number,
  form: Partial<RuleForm>,
  now: Date,
): Promise<boolean> {
  if (!Number.isInteger(revision) || revision < 0 || revision > largestRevision) return false;
  const { condition, surfaces, ...rest } = form;
  const { count } = await scope.tx.recommendationRule.updateMany({
    where: { shopId: scope.shopId, id, revision },
    data: {
      ...rest,
      ...(surfaces === undefined ? {} : { surfaces: [...surfaces] }),
      ...(form.savingBps ? { bundleId: id } : {}),
      ...(condition === undefined ? {} : { condition: condition ?? Prisma.DbNull }),
      updatedAt: now,
      revision: { increment: 1 },
    },
  });
  return count === 1;
}

export async function removeRule(scope: ShopScope, id: string): Promise<boolean> {
  const { count } = await scope.tx.recommendationRule.deleteMany({ where: { shopId: scope.shopId, id } });
  return count === 1;
}

/** Numbers the rules as the ids come; the caller has made sure that they are all. */
export async function writeOrder(scope: ShopScope, ids: readonly string[]): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE recommendation_rule r SET position = o.place - 1
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS o(id, place)
    WHERE r.shop_id = ${scope.shopId}::uuid AND r.id = o.id`;
}

/** What the shop's suggestions are to achieve, and the number that changes with every rule and setting. */
export async function readSettings(scope: ShopScope): Promise<{ settings: MerchandisingSettings; revision: number }> {
  const row = await scope.tx.recommendationSetting.findFirst({ where: { shopId: scope.shopId } });
  if (row === null) return { settings: defaultMerchandising, revision: 0 };
  return { settings: merchandisingSettingsSchema.parse(row), revision: row.revision };
}

/** Writes settings, or nothing but the next revision, which makes older answers unreachable. */
export async function writeSettings(
  scope: ShopScope,
  settings: MerchandisingSettings | null,
  now: Date,
): Promise<void> {
  const columns = ({ surfaces, ...rest }: MerchandisingSettings) => ({ ...rest, ...(surfaces ? { surfaces } : {}) });
  await scope.tx.recommendationSetting.upsert({
    where: { shopId: scope.shopId },
    create: { shopId: scope.shopId, ...columns(settings ?? defaultMerchandising), revision: 1, updatedAt: now },
    update: { ...(settings ? columns(settings) : {}), revision: { increment: 1 }, updatedAt: now },
  });
}
