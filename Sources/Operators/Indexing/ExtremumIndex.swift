/// An operator that gives the index of the greatest or the least element along the attribute `axis`: of several equal
/// ones the first, or the last if `select_last_index` is set. The axis remains with size 1 unless `keepdims` is 0.
package protocol ExtremumIndex: ChoosingOperator {
  /// The search along the axis.
  var extremum: AxisExtremum { get }
}

extension ExtremumIndex {
  /// The input's shape of int64 numbers, with the axis removed or of size 1.
  package var outputs: [TensorType] { [extremum.output] }

  /// Axes that remain are tied to those of the output; the one that is searched is frozen.
  package var axes: AxisRule? { extremum.rule }
}
