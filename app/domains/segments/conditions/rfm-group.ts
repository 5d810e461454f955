import { groups } from '../model.ts';
import { sql } from '../store-sql.ts';
import { defineCondition, naming } from './condition-kind.ts';
import { choice, choices } from './fields.ts';

const nameOf = (group: string): string => group.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase());

/** The named groups; who never bought is in none of them. */
export const rfmGroup = defineCondition({
  kind: 'rfm-group',
  title: 'Group on the map',
  group: 'Who they are',
  fields: {
    is: choice('Group', [
      { value: 'yes', label: 'is one of' },
      { value: 'no', label: 'is none of' },
    ]),
    groups: choices(
      'Groups',
      groups.map((value) => ({ value, label: nameOf(value) })),
    ),
  },
  words: ({ is, groups: chosen }) => `${is === 'yes' ? 'in' : 'not in'} ${naming(chosen, nameOf)}`,
  holds: ({ is, groups: chosen }) => {
    const within = sql`coalesce(u.group_name = ANY(${chosen}::text[]), false)`;
    return is === 'yes' ? within : sql`NOT ${within}`;
  },
});
