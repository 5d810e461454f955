import { type Flow, type Group, groups } from '#app/domains/segments/index.ts';

export interface FlowBlock {
  /** null = had not bought yet */
  readonly group: Group | null;
  readonly customers: number;
  readonly y: number;
  readonly height: number;
}

export interface FlowBand {
  readonly flow: Flow;
  readonly fromY: number;
  readonly toY: number;
  readonly height: number;
}

export interface FlowLayout {
  readonly from: readonly FlowBlock[];
  readonly to: readonly FlowBlock[];
  readonly bands: readonly FlowBand[];
}

const order: readonly (Group | null)[] = [...groups, null];

/**
 * Where the blocks of both sides and the bands between them stand, best group at the top; a customer has the same
 * height everywhere.
 * @param height of the drawing, and `gap` between two blocks, in its units
 */
export function layOutFlows(flows: readonly Flow[], height: number, gap: number): FlowLayout {
  const all = flows.reduce((sum, { customers }) => sum + customers, 0);
  const unit = all === 0 ? 0 : (height - gap * (groups.length - 1)) / all;
  const side = (pick: (flow: Flow) => Group | null): FlowBlock[] => {
    let y = 0;
    return order.flatMap((group) => {
      const customers = flows.filter((flow) => pick(flow) === group).reduce((sum, flow) => sum + flow.customers, 0);
      if (customers === 0) return [];
      const block = { group, customers, y, height: customers * unit };
      y += block.height + gap;
      return [block];
    });
  };
  const from = side((flow) => flow.from);
  const to = side((flow) => flow.to);
  const leaves = new Map(from.map(({ group, y }) => [group, y]));
  const arrives = new Map<Group | null, number>(to.map(({ group, y }) => [group, y]));
  const bands = order.flatMap((source) =>
    groups.flatMap((target) => {
      const flow = flows.find((one) => one.from === source && one.to === target);
      if (!flow) return [];
      const band = {
        flow,
        fromY: leaves.get(source) ?? 0,
        toY: arrives.get(target) ?? 0,
        height: flow.customers * unit,
      };
      leaves.set(source, band.fromY + band.height);
      arrives.set(target, band.toY + band.height);
      return [band];
    }),
  );
  return { from, to, bands };
}
