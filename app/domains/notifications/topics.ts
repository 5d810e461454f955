/** What a mail is about, as the person who gets it may choose. */
export interface Topic {
  /** a transactional mail tells of something the person did or owns; marketing needs their consent */
  readonly kind: 'transactional' | 'marketing';
  /** the person may switch it off, and the cap counts it; where not, it answers what they asked for themselves, and goes at once */
  readonly optional: boolean;
}

export const topics = {
  service: { kind: 'transactional', optional: false },
  points: { kind: 'transactional', optional: true },
  referrals: { kind: 'transactional', optional: true },
  offers: { kind: 'marketing', optional: true },
} as const satisfies Readonly<Record<string, Topic>>;

export type TopicId = keyof typeof topics;

/** Topics that a person may switch off and on, in the order of their page. */
export const optionalTopics = (Object.keys(topics) as TopicId[]).filter((id) => topics[id].optional);

export const isTopic = (text: string): text is TopicId => Object.hasOwn(topics, text);
