import type { ReactNode } from 'react';
import type { BundleKind } from '#app/domains/bundles/index.ts';

/** A product, as a small square; `soft` = one of many that could be chosen. */
function Item({ x, y = 18, soft = false, gift = false }: { x: number; y?: number; soft?: boolean; gift?: boolean }) {
  return (
    <g transform={`translate(${String(x)} ${String(y)})`}>
      <rect className={soft ? 'kind-soft' : gift ? 'kind-accent' : 'kind-solid'} width="28" height="28" rx="6" />
      {gift ? <path className="kind-ribbon" d="M14 0V28M0 11H28M14 11C8 4 5 8 14 11C23 8 20 4 14 11" /> : null}
    </g>
  );
}

const Sign = ({ x, y = 37, children }: { x: number; y?: number; children: string }) => (
  <text className="kind-sign" x={x} y={y} textAnchor="middle">
    {children}
  </text>
);

const drawings: Readonly<Record<BundleKind, ReactNode>> = {
  fixed: (
    <>
      <Item x={16} />
      <Sign x={55}>+</Sign>
      <Item x={66} />
      <Sign x={105}>+</Sign>
      <Item x={116} />
    </>
  ),
  'mix-and-match': (
    <>
      <Item x={8} />
      <Item x={42} soft />
      <Item x={76} />
      <Item x={110} soft />
      <Item x={144} />
    </>
  ),
  'build-a-box': (
    <>
      <path className="kind-line" d="M30 8V56H136V8" />
      <Item x={38} y={22} />
      <Item x={69} y={22} soft />
      <Item x={100} y={22} soft />
      <Sign x={152} y={42}>
        ↕
      </Sign>
    </>
  ),
  'quantity-breaks': (
    <>
      <rect className="kind-soft" x="24" y="40" width="30" height="16" rx="4" />
      <rect className="kind-solid" x="64" y="28" width="30" height="28" rx="4" />
      <rect className="kind-accent" x="104" y="10" width="30" height="46" rx="4" />
    </>
  ),
  'buy-x-get-y': (
    <>
      <Item x={8} />
      <Item x={42} />
      <Sign x={88}>→</Sign>
      <Item x={106} soft />
      <Sign x={154}>%</Sign>
    </>
  ),
  gift: (
    <>
      <Item x={22} />
      <Item x={56} />
      <Sign x={98}>+</Sign>
      <Item x={112} gift />
    </>
  ),
  'cart-goals': (
    <>
      <rect className="kind-soft" x="12" y="28" width="156" height="10" rx="5" />
      <rect className="kind-solid" x="12" y="28" width="96" height="10" rx="5" />
      <circle className="kind-accent" cx="66" cy="33" r="9" />
      <circle className="kind-ring" cx="150" cy="33" r="9" />
    </>
  ),
  'together-offer': (
    <>
      <Item x={30} />
      <path className="kind-line" d="M66 32H108" strokeDasharray="4 4" />
      <Item x={116} soft />
      <Sign x={158}>%</Sign>
    </>
  ),
};

/** A kind of offer as a small drawing. The words beside it say the same. */
export function KindDrawing({ kind }: { kind: BundleKind }) {
  return (
    <svg className="kind-drawing" viewBox="0 0 180 64" aria-hidden="true">
      {drawings[kind]}
    </svg>
  );
}
