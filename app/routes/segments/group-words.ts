import type { Group } from '#app/domains/segments/index.ts';

/** A group's name, who is in it, and what usually helps. */
export const groupWords: Readonly<Record<Group, { name: string; who: string; advice: string }>> = {
  champions: {
    name: 'Champions',
    who: 'Bought just now, often and for much',
    advice: 'Early access and small thanks. They need no discount.',
  },
  loyal: {
    name: 'Loyal',
    who: 'Buy again and again',
    advice: 'Show what goes with what they have, and ask for a review.',
  },
  potential: {
    name: 'Potential loyalists',
    who: 'Bought lately, more than once or for more than most',
    advice: 'A bundle or a second purchase soon makes them loyal.',
  },
  new: {
    name: 'New',
    who: 'Bought for the first time just now',
    advice: 'Help with the first purchase, then the product that most buy next.',
  },
  promising: {
    name: 'Promising',
    who: 'Bought once, not long ago',
    advice: 'Remind them of the shop before they forget it.',
  },
  attention: {
    name: 'Need attention',
    who: 'Good customers who become quiet',
    advice: 'Something new in what they like, for a short time.',
  },
  'about-to-sleep': {
    name: 'About to sleep',
    who: 'Bought little, and not for some time',
    advice: 'Popular products, and a small reason to come back.',
  },
  'at-risk': {
    name: 'At risk',
    who: 'Bought often, but not for a long time',
    advice: 'A personal reason to come back; it pays to ask why they left.',
  },
  'cannot-lose': {
    name: 'Cannot lose them',
    who: 'Bought the most once, and not for a long time',
    advice: 'Worth a personal message and your best offer.',
  },
  hibernating: {
    name: 'Hibernating',
    who: 'Bought little, long ago',
    advice: 'Offers that cost you little, seldom.',
  },
  lost: { name: 'Lost', who: 'Bought once, very long ago', advice: 'Leave them in peace.' },
};

export const nameOf = (group: Group | null): string => (group === null ? 'Not yet a customer' : groupWords[group].name);

export const isGroupName = (text: string): text is Group => Object.hasOwn(groupWords, text);
