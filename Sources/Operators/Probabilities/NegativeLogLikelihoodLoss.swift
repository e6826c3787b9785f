import EspalierFiles
import EspalierGraph

/// The negative logarithm of the probability of the target class, by ``ClassLoss``.
package struct NegativeLogLikelihoodLoss: CompositeOperator {
  /// `NegativeLogLikelihoodLoss`.
  package static let name: OperatorName = "NegativeLogLikelihoodLoss"

  /// The sums over classes and samples.
  package let body: Body
  /// The rule of the loss.
  package let axes: AxisRule?

  /// Reads `reduction` (`mean` by default) and `ignore_index`.
  package init(_ call: Invocation) throws(EspalierError) {
    let loss = try ClassLoss(call)
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      body.finish([try loss.add(try body.required(0), to: &body)])
    }
    axes = loss.rule(call)
  }
}
