import type { CallAnswer } from '../client/call-api.ts';
import { formatCount, formatMoney, formatMoneyExactly, formatPrice } from '../look/format.ts';
import styles from './cost-lines.module.css';

type Cost = CallAnswer<'readRecord'>['cost'];
type Call = NonNullable<Cost['calls']>[number];
type Line = Call['lines'][number];

const names: Readonly<Record<string, string>> = {
  inputTokens: 'Input',
  cacheReadTokens: 'Cache read',
  cacheWrite5mTokens: 'Cache write, 5 min',
  cacheWrite1hTokens: 'Cache write, 1 h',
  audioInputTokens: 'Audio in',
  audioCacheReadTokens: 'Audio cached',
  imageInputTokens: 'Images in',
  outputTokens: 'Output',
  reasoningTokens: 'Reasoning',
  audioOutputTokens: 'Audio out',
  imageOutputTokens: 'Images out',
  webSearchCalls: 'Web searches',
  fileSearchCalls: 'File searches',
  codeExecutionCalls: 'Code executions',
  socialSearchCalls: 'Social searches',
  region: 'Surcharge for the region',
};

/** What a request cost, line by line; the lines add up to its last row to the nano-dollar. */
export function CostLines({ cost }: { readonly cost: Cost }) {
  const { calls, costNanoUsd } = cost;
  if (calls === null)
    return (
      <p className={styles.note}>
        The record does not say what each of its calls used, so the sum cannot be split. Recorded:{' '}
        {formatMoney(cost.recordedNanoUsd)}.
      </p>
    );
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.lines} aria-label="Cost, line by line">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col" data-align="right">
                Quantity
              </th>
              <th scope="col" data-align="right">
                Price
              </th>
              <th scope="col" data-align="right">
                Cost
              </th>
            </tr>
          </thead>
          {calls.map((call) => (
            <CallLines key={call.attempt} call={call} />
          ))}
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                Total
              </th>
              <td data-align="right">{costText(costNanoUsd)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <Book cost={cost} />
    </>
  );
}

function CallLines({ call }: { readonly call: Call }) {
  return (
    <tbody>
      <tr className={styles.call}>
        <th scope="rowgroup" colSpan={4}>
          <span className="wb-code">{call.target}</span>
          <span className="wb-muted">{basisText(call)}</span>
        </th>
      </tr>
      {call.lines.map((line) => (
        <tr key={line.class}>
          <td>{names[line.class] ?? line.class}</td>
          <td data-align="right">
            {line.kind === 'surcharge' ? `${line.quantity} %` : formatCount(line.quantity)}
          </td>
          <td data-align="right" className="wb-muted">
            {priceText(line)}
          </td>
          <td data-align="right">{costText(line.costNanoUsd)}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** Which of a model's prices these are. */
function basisText({ basis }: Call): string {
  const { mode, aboveInputTokens, isPeriod, region, source } = basis;
  return [
    mode === 'standard' ? 'standard prices' : `served as ${mode}`,
    ...(aboveInputTokens === null ? [] : [`tier above ${formatCount(aboveInputTokens)} input tokens`]),
    ...(isPeriod ? ['price of that day or hour'] : []),
    ...(region === '' ? [] : [`in ${region}`]),
    ...(source === null ? ['no price known'] : [`from ${source}`]),
  ].join(' · ');
}

/** 1 pico-dollar a token is 10⁻⁶ USD a million; 1 a call is 10⁻⁹ USD a thousand. */
function priceText({ kind, unitPicoUsd }: Line): string {
  if (unitPicoUsd === null) return 'no price';
  if (kind === 'surcharge') return 'on the tokens above';
  return kind === 'tokens'
    ? `${formatPrice(unitPicoUsd / 1e6)} / M`
    : `${formatPrice(unitPicoUsd / 1e9)} / 1,000`;
}

function costText(nanoUsd: number | null) {
  return nanoUsd === null ? <span className={styles.unpriced}>unpriced</span> : formatMoneyExactly(nanoUsd);
}

function Book({ cost }: { readonly cost: Cost }) {
  const { priceBook, priceDate, recordedBook, recordedNanoUsd, costNanoUsd } = cost;
  const isSame = priceBook === recordedBook;
  return (
    <p className={styles.note}>
      Prices of {priceDate}, book <code className="wb-code">{priceBook}</code>.{' '}
      {isSame && recordedNanoUsd === costNanoUsd
        ? 'It is the book the request was billed with; the total is the recorded one.'
        : `Recorded: ${recordedNanoUsd === null ? 'unknown' : formatMoneyExactly(recordedNanoUsd)}${
            isSame ? '.' : `, with the book ${recordedBook === '' ? 'of another log' : recordedBook}.`
          }`}
    </p>
  );
}
