import EspalierOperators
import Foundation

extension RecurrentActivation {
  /// `f(x)`.
  func value(_ x: Float) -> Float {
    switch function {
    case .affine: alpha * x + beta
    case .relu: max(x, 0)
    case .leakyrelu: x < 0 ? alpha * x : x
    case .thresholdedrelu: x > alpha ? x : 0
    case .tanh: tanhf(x)
    case .scaledtanh: alpha * tanhf(beta * x)
    case .sigmoid: logistic(x)
    case .hardsigmoid: min(max(alpha * x + beta, 0), 1)
    case .elu: x < 0 ? alpha * expm1f(x) : x
    case .softsign: x / (1 + abs(x))
    case .softplus: softplus(x)
    }
  }
}
