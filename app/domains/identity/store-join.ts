import type { ShopScope } from '#app/infra/database.ts';
import { customerSubject } from './model.ts';

/** Two customers became one: what was said of the first is said of the second. */
export async function joinSubjects({ tx, shopId }: ShopScope, from: string, into: string): Promise<void> {
  const [leaving, staying] = [customerSubject(from), customerSubject(into)];
  await tx.$executeRaw`
    INSERT INTO identity_key (shop_id, kind, hash, subject)
    SELECT shop_id, kind, hash, ${staying} FROM identity_key
    WHERE shop_id = ${shopId}::uuid AND subject = ${leaving} ON CONFLICT DO NOTHING`;
  await tx.identityKey.deleteMany({ where: { shopId, subject: leaving } });
}
