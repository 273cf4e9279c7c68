/** Signals: the typed facts a policy may decide on, how each is measured, and the log that is made of them. */
export {
  defineSignal,
  type SignalDefinition,
  type SignalValue,
  type ValueType,
  type ValueTypes,
} from './define-signal.ts';
export { estimateInputTokens, estimateTextTokens } from './estimate-tokens.ts';
export {
  type Caller,
  type Dialect,
  type Intake,
  type NeutralMessage,
  type NeutralRequest,
  neutralMessage,
  neutralRequest,
  type ToolResult,
} from './intake.ts';
export {
  type HealthSnapshot,
  type LiveState,
  noLiveState,
  type SessionState,
  unknownHealth,
} from './live-state.ts';
export {
  makeRecord,
  type RecordColumn,
  type RecordOutcome,
  type RecordStatus,
  type RequestRecord,
  recordColumns,
  recordOf,
  type UsageSource,
} from './record.ts';
export {
  definitionOf,
  isSignalName,
  type SignalName,
  type SignalNameOf,
  signalRegistry,
  slotOf,
  type ValueOf,
  valueTypeOf,
} from './registry.ts';
export {
  checkNamedSignals,
  isOfType,
  measureSignals,
  type NamedSignals,
  nameSignals,
  readSignal,
  type Signals,
  signalsFrom,
} from './signals.ts';
export { hourOf, weekdayOf } from './time.ts';
export { readsAsFailure } from './tool-failure.ts';
export { withSignals } from './with-signals.ts';
