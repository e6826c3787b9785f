/// A regulariser of absolute values and squares, `r(x) = l1 |x| + l2 x^2 / 2`, either of which may be missing.
package protocol ElasticRegularizer: Regularizer {
  /// The factor of the absolute values.
  var l1: Double { get }
  /// The factor of half the squares.
  var l2: Double { get }
}

extension QuadraticRegularizer {
  /// 0.
  package var l1: Double { 0 }

  /// The strength.
  package var l2: Double { strength }
}

extension ElasticNet: ElasticRegularizer {}

extension L1: ElasticRegularizer {
  /// The strength.
  package var l1: Double { strength }

  /// 0.
  package var l2: Double { 0 }
}
