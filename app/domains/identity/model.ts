/** What two records of one person have in common. */
export const keyKinds = ['email', 'phone', 'address', 'name', 'device', 'payment'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** A keyed hash of something that was said of a person; the value itself is kept nowhere. */
export interface IdentityKey {
  readonly kind: KeyKind;
  readonly hash: string;
}

/** A customer, or an order that names none. */
export type Subject = `c:${string}` | `o:${string}`;

export interface SubjectKeys {
  readonly subject: Subject;
  readonly keys: readonly IdentityKey[];
}

/** Another person of the shop who shares keys with the one asked about. */
export interface Related {
  readonly subject: Subject;
  readonly shared: readonly KeyKind[];
}

export const customerSubject = (customerId: string): Subject => `c:${customerId}`;

/** Who placed an order, as the graph names them. */
export function subjectOf(order: { readonly id: string; readonly customerId: string | null }): Subject {
  return order.customerId === null ? `o:${order.id}` : customerSubject(order.customerId);
}
