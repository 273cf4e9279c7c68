import { formatMoney, formatMoneyExactly } from './format.ts';

/** An amount; the tooltip has it to the nano-dollar. */
export function Money({ nanoUsd }: { readonly nanoUsd: number | null }) {
  if (nanoUsd === null) return <span className="wb-muted">unknown</span>;
  return (
    <span className="wb-number" title={formatMoneyExactly(nanoUsd)}>
      {formatMoney(nanoUsd)}
    </span>
  );
}
