import type { Overview } from '../client/spend-queries.ts';
import { formatChange, formatCount, formatMoney, plural } from '../look/format.ts';
import { Money } from '../look/money.tsx';
import { Figure, Figures } from '../look/page.tsx';
import { Explained } from './explained.tsx';

/** The period at a glance. */
export function SpendFigures({ overview }: { readonly overview: Overview }) {
  const { total, before, month, routing, byOrigin } = overview;
  const pretended = byOrigin.filter(({ origin }) => origin !== 'real');
  const helping = routing.classifier + routing.judge;
  return (
    <Figures>
      <Figure
        name={
          <Explained by="Every call to a model that has a price: answers, attempts that failed, classifying and judging. Hover the amount for all its digits.">
            Spent
          </Explained>
        }
        value={<Money nanoUsd={total.costNanoUsd} />}
        detail={
          pretended.length === 0
            ? `${formatChange(before.total.costNanoUsd, total.costNanoUsd)} on the period before`
            : pretended
                .map(
                  ({ origin, nanoUsd }) =>
                    `${formatMoney(nanoUsd)} of it ${origin === 'sample' ? 'sample data' : 'sandbox'}`,
                )
                .join(', ')
        }
      />
      <Figure
        name={
          <Explained
            by={
              month?.rest?.method ??
              'A forecast needs three whole days of spend in a period that reaches today.'
            }
          >
            {month === null ? 'Month’s end' : `End of ${month.name}`}
          </Explained>
        }
        value={month?.rest == null ? '–' : formatMoney(month.spent + month.rest.expected)}
        detail={
          month?.rest == null
            ? 'not enough days for a forecast'
            : `${formatMoney(month.spent + month.rest.low)} to ${formatMoney(month.spent + month.rest.high)}, 8 of 10 times`
        }
      />
      <Figure
        name="Requests"
        value={formatCount(total.requests)}
        detail={`${formatMoney(total.requests === 0 ? 0 : Math.round((total.costNanoUsd / total.requests) * 1_000))} per 1,000, ${plural(total.errors, 'request')} failed`}
      />
      <Figure
        name={
          <Explained by="What routing spends on itself: models asked to classify a request or to judge an answer. It is part of what was spent.">
            Routing’s own cost
          </Explained>
        }
        value={formatMoney(helping)}
        detail={`failed attempts ${formatMoney(routing.failedAttempts)}`}
      />
      <Figure
        name={
          <Explained by="Calls to models whose price is not known here. They are in no sum. State a price under Models.">
            Without a price
          </Explained>
        }
        value={formatCount(total.unpriced)}
        detail={total.unpriced === 0 ? 'every call has a price' : 'calls that are in no sum'}
      />
    </Figures>
  );
}
