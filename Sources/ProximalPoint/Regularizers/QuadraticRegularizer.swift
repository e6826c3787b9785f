/// A regulariser with a gradient that is linear: `r(x) = strength x^2 / 2`, or none. What methods for smooth objectives need.
package protocol QuadraticRegularizer: Regularizer {
  /// The factor lambda, 0 for none.
  var strength: Double { get }
}

extension NoRegularizer: QuadraticRegularizer {
  /// 0.
  package var strength: Double { 0 }
}

extension L2: QuadraticRegularizer {}
