/** How bad: errors block publishing, warnings do not. */
export type Severity = 'error' | 'warning';

/** The closed list of what can be wrong with a policy. */
export type DiagnosticCode =
  | 'json_syntax'
  | 'json_duplicate_key'
  | 'format_unsupported'
  | 'unknown_key'
  | 'invalid_value'
  | 'policy_empty'
  | 'entry_missing'
  | 'node_missing'
  | 'port_unconnected'
  | 'cycle'
  | 'unreachable'
  | 'layout_stray'
  | 'group_empty'
  | 'group_stray'
  | 'group_overlap'
  | 'subpolicy_stray'
  | 'classifier_unknown'
  | 'label_unknown'
  | 'labels_empty'
  | 'classifier_name_taken'
  | 'classifier_labels_few'
  | 'classifier_rule_empty'
  | 'classifier_circular'
  | 'classifier_unused'
  | 'cases_empty'
  | 'duplicate_id'
  | 'duplicate_case'
  | 'condition_empty'
  | 'condition_too_long'
  | 'condition_syntax'
  | 'condition_type'
  | 'condition_not_boolean'
  | 'condition_unknown_signal'
  | 'condition_unsupported'
  | 'condition_pattern'
  | 'shares_sum'
  | 'arms_few'
  | 'signal_unknown'
  | 'model_unknown'
  | 'model_unpriced'
  | 'model_unreachable'
  | 'tries_empty'
  | 'tries_single'
  | 'tries_repeated'
  | 'candidates_empty'
  | 'candidate_repeated'
  | 'candidate_unmatched'
  | 'weights_zero'
  | 'weights_unused'
  | 'region_missing'
  | 'region_unused'
  | 'transform_idle'
  | 'output_open'
  | 'accept_empty'
  | 'branch_unreachable'
  | 'condition_never'
  | 'condition_always'
  | 'case_shadowed'
  | 'exit_never'
  | 'exits_alike'
  | 'capability_dead_end'
  | 'pool_no_candidate'
  | 'retention_path'
  | 'region_path'
  | 'model_deprecated'
  | 'fallback_to_itself'
  | 'limit_unreachable'
  | 'judge_dear'
  | 'attempts_many'
  | 'time_long'
  | 'cost_high';

/** A mistake of the author inside one node: where in the node, what, and what would be right. */
export interface Finding {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly port?: string;
  /** Path of the setting, `cases.0.when`. */
  readonly field?: string;
  readonly message: string;
  /** What would mend it, in a few words. */
  readonly hint?: string;
  /** Place inside the setting's text, in UTF-16 units. */
  readonly range?: { readonly start: number; readonly end: number };
}

/** A mistake of the author somewhere in a policy. */
export interface Diagnostic extends Finding {
  readonly node?: string;
  /** Place in the JSON text, 1-based, where the policy was read from one. */
  readonly line?: number;
  readonly column?: number;
}
