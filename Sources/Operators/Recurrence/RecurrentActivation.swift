import EspalierFiles

/// A function of gates in a recurrent layer.
package struct RecurrentActivation: Hashable, Sendable {
  /// The functions that ONNX names.
  package enum Function: String, Hashable, Sendable {
    case affine, relu, leakyrelu, thresholdedrelu, tanh, scaledtanh, sigmoid, hardsigmoid, elu, softsign, softplus
  }

  /// The function.
  package let function: Function
  /// Its first parameter, if it has one.
  package let alpha: Float
  /// Its second parameter, if it has one.
  package let beta: Float

  /// The functions of a node, `standard` for each direction unless the attribute `activations` names others; their
  /// parameters come in order from `activation_alpha` and `activation_beta`.
  ///
  /// - Throws: `EspalierError` if there are too few, or one is unknown.
  static func all(
    _ call: Invocation, standard: [Function], directions: Int
  ) throws(EspalierError) -> [[RecurrentActivation]] {
    var functions = Array(repeating: standard, count: directions).flatMap { $0 }
    switch call.node.attributes["activations"] {
    case nil: break
    case .strings(let names)?:
      guard names.count == functions.count else {
        throw call.error("names \(names.count) activations where it needs \(functions.count)")
      }
      for (position, name) in names.enumerated() {
        guard let function = Function(rawValue: name.lowercased()) else {
          throw call.error("its activation \"\(name)\" is unknown")
        }
        functions[position] = function
      }
    default: throw call.error("attribute \"activations\" is not a list of names")
    }
    var alphas = (try call.floats("activation_alpha") ?? [])[...]
    var betas = (try call.floats("activation_beta") ?? [])[...]
    let all = functions.map { function in
      let standard = function.standardParameters
      return RecurrentActivation(
        function: function, alpha: standard.alpha.map { alphas.popFirst() ?? $0 } ?? 0,
        beta: standard.beta.map { betas.popFirst() ?? $0 } ?? 0)
    }
    return (0..<directions).map { Array(all[$0 * standard.count..<($0 + 1) * standard.count]) }
  }
}

extension RecurrentActivation.Function {
  /// The parameters if a node states none; `nil` for those that the function lacks.
  fileprivate var standardParameters: (alpha: Float?, beta: Float?) {
    switch self {
    case .affine: (1, 0)
    case .leakyrelu: (0.01, nil)
    case .thresholdedrelu, .elu: (1, nil)
    case .scaledtanh: (1, 1)
    case .hardsigmoid: (0.2, 0.5)
    case .relu, .tanh, .sigmoid, .softsign, .softplus: (nil, nil)
    }
  }
}
