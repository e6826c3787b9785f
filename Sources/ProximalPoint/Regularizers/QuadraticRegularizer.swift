/// A regulariser with a linear gradient, as methods for smooth objectives require: `r(x) = strength x^2 / 2`, or none.
package protocol QuadraticRegularizer: ElasticRegularizer {
  /// The factor lambda, 0 for none.
  var strength: Double { get }
}

extension NoRegularizer: QuadraticRegularizer {
  /// 0.
  package var strength: Double { 0 }
}

extension L2: QuadraticRegularizer {}
