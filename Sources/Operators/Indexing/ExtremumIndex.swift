/// An operator that says where along the attribute `axis` the greatest or the least element lies: of several equal ones
/// the first, or the last where `select_last_index` is set. The axis stays at size 1 unless `keepdims` is 0.
package protocol ExtremumIndex: Operator {
  /// The search along the axis.
  var extremum: AxisExtremum { get }
}

extension ExtremumIndex {
  /// The input's shape without the axis, or with size 1 there, of int64 numbers.
  package var outputs: [TensorType] { [extremum.output] }

  /// Axes that stay go with themselves; the one that is compared along stays whole.
  package var axes: AxisRule? { extremum.rule }
}
