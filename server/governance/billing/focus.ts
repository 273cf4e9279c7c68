import { DateTime } from 'luxon';
import { csvLine } from '../../contract/csv.ts';
import { exactUsd } from './exact-usd.ts';
import type { ExportedDay } from './export-rows.ts';

interface FocusColumn {
  readonly name: string;
  readonly value: (row: ExportedDay, names: RowNames) => string | number | null;
}

interface RowNames {
  readonly team: string | null;
  readonly project: string | null;
  readonly key: string | null;
  readonly model: string;
  readonly provider: string;
  readonly purpose: string;
  readonly origin: string;
  readonly tokens: number;
  readonly day: DateTime;
}

const cost = ({ costNanoUsd }: ExportedDay) => exactUsd(costNanoUsd);

/**
 * The columns of an export in FOCUS 1.2 (FinOps Open Cost and Usage Specification, v1.2 of May 2025,
 * https://focus.finops.org/focus-specification/v1-2/): all 21 mandatory ones, those of the conditional and recommended
 * ones that apply to a reseller of model calls, and ours with the prefix `x_` that the specification asks for. No list
 * or contract prices apart from the price book are known here, so that list, contracted, effective and billed cost are
 * one. Unit prices are left out: a row adds token classes of different prices up.
 */
export const focusColumns: readonly FocusColumn[] = [
  { name: 'BilledCost', value: cost },
  { name: 'BillingAccountId', value: (_, { provider }) => provider },
  { name: 'BillingAccountName', value: () => null },
  { name: 'BillingCurrency', value: () => 'USD' },
  { name: 'BillingPeriodEnd', value: (_, { day }) => utc(day.startOf('month').plus({ months: 1 })) },
  { name: 'BillingPeriodStart', value: (_, { day }) => utc(day.startOf('month')) },
  { name: 'ChargeCategory', value: () => 'Usage' },
  { name: 'ChargeClass', value: () => null },
  { name: 'ChargeDescription', value: (_, { model, purpose }) => `${model}: ${sayings[purpose] ?? purpose}` },
  { name: 'ChargeFrequency', value: () => 'Usage-Based' },
  { name: 'ChargePeriodEnd', value: (_, { day }) => utc(day.plus({ days: 1 })) },
  { name: 'ChargePeriodStart', value: (_, { day }) => utc(day) },
  { name: 'ConsumedQuantity', value: (_, { tokens }) => tokens },
  { name: 'ConsumedUnit', value: () => 'Tokens' },
  { name: 'ContractedCost', value: cost },
  { name: 'EffectiveCost', value: cost },
  { name: 'InvoiceIssuerName', value: (_, { provider }) => provider },
  { name: 'ListCost', value: cost },
  { name: 'PricingCategory', value: () => 'Standard' },
  { name: 'PricingQuantity', value: (_, { tokens }) => tokens },
  { name: 'PricingUnit', value: () => 'Tokens' },
  { name: 'ProviderName', value: (_, { provider }) => provider },
  { name: 'PublisherName', value: (_, { provider }) => provider },
  { name: 'ServiceCategory', value: () => 'AI and Machine Learning' },
  { name: 'ServiceName', value: (_, { model }) => model },
  { name: 'ServiceSubcategory', value: () => 'Generative AI' },
  { name: 'SkuId', value: (_, { model }) => model },
  { name: 'SubAccountId', value: (_, { team }) => team },
  { name: 'SubAccountName', value: (_, { team }) => team },
  { name: 'Tags', value: (_, names) => tagsOf(names) },
  { name: 'x_Calls', value: ({ calls }) => calls },
  { name: 'x_Key', value: (_, { key }) => key },
  { name: 'x_Origin', value: (_, { origin }) => origin },
  { name: 'x_Project', value: (_, { project }) => project },
  { name: 'x_Purpose', value: (_, { purpose }) => purpose },
  { name: 'x_UnpricedCalls', value: ({ unpriced }) => unpriced },
];

const sayings: Readonly<Record<string, string>> = {
  answer: 'answers',
  failed_attempt: 'attempts that failed',
  classifier: 'classifying requests',
  judge: 'judging answers',
};

/**
 * A row of an export as a line of FOCUS; nothing for a row without a single call of known price: the specification's costs
 * may not be null, and unknown is not 0.
 */
export function focusLine(row: ExportedDay): string {
  if (row.calls === 0 || row.unpriced === row.calls) return '';
  const [team = '', project = '', key = '', model = '', purpose = '', origin = ''] = row.values;
  const { tokens } = row;
  const names: RowNames = {
    team: team === '' ? null : team,
    project: project === '' ? null : project,
    key: key === '' ? null : key,
    model,
    provider: model.split('/')[0] ?? model,
    purpose,
    origin,
    tokens: Object.values(tokens).reduce((sum, count) => sum + count, 0),
    day: DateTime.fromISO(row.day, { zone: row.zone }),
  };
  return csvLine(focusColumns.map(({ value }) => value(row, names)));
}

function tagsOf({ project, key }: RowNames): string {
  return JSON.stringify({ 'waybill/key': key, 'waybill/project': project });
}

/** `2026-11-22T00:00:00Z`. */
function utc(time: DateTime): string {
  return time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
