/// An operator that chooses among elements by their order, or decides by comparing them.
///
/// Its result changes at once where numbers change by rounding alone: where two are equal, or one is near a limit.
package protocol ChoosingOperator: Operator {}
