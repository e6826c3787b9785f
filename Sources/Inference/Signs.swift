import Graph
import Tensors

/// An operator whose outputs are never negative.
protocol NonnegativeOperator: Operator {}

/// An operator whose outputs are not negative where none of its inputs is that is made of numbers of its own type.
protocol SignPreservingOperator: Operator {}

extension Relu: NonnegativeOperator {}
extension Sigmoid: NonnegativeOperator {}
extension HardSigmoid: NonnegativeOperator {}
extension Softplus: NonnegativeOperator {}
extension Exponential: NonnegativeOperator {}
extension Absolute: NonnegativeOperator {}
extension Softmax: NonnegativeOperator {}

extension Identity: SignPreservingOperator {}
extension Dropout: SignPreservingOperator {}
extension Flatten: SignPreservingOperator {}
extension Reshape: SignPreservingOperator {}
extension Squeeze: SignPreservingOperator {}
extension Unsqueeze: SignPreservingOperator {}
extension Transpose: SignPreservingOperator {}
extension Concat: SignPreservingOperator {}
extension Split: SignPreservingOperator {}
extension Slice: SignPreservingOperator {}
extension Gather: SignPreservingOperator {}
extension Expand: SignPreservingOperator {}
extension Add: SignPreservingOperator {}
extension Multiply: SignPreservingOperator {}
extension Sum: SignPreservingOperator {}
extension MaxPool: SignPreservingOperator {}
extension AveragePool: SignPreservingOperator {}
extension GlobalAveragePool: SignPreservingOperator {}
extension GlobalMaxPool: SignPreservingOperator {}

extension TypeInference {
  /// The values of which it is certain that they hold no negative number, whatever the network is fed.
  ///
  /// - Complexity: O(nodes + elements of the constants that are read).
  public func nonnegativeValues() throws -> Set<String> {
    var values: Set<String> = []
    for (name, tensor) in constants where tensor.elementType == .float32 && tensor.count <= 1 << 16 {
      if tensor.elements(as: Float.self).allSatisfy({ $0 >= 0 }) { values.insert(name) }
    }
    for invocation in invocations {
      let node = invocation.node
      let op = OperatorRegistry.find(node.op)
      let isCertain =
        switch op {
        case is any NonnegativeOperator.Type: true
        case is any SignPreservingOperator.Type:
          zip(node.inputs, invocation.inputs).allSatisfy { name, type in
            type?.elementType != .float32 || values.contains(name)
          }
        case let bounding as any BoundingOperator.Type: (try bounding.bounds(invocation)?.least ?? -1) >= 0
        default: false
        }
      if isCertain { values.formUnion(node.outputs.filter { !$0.isEmpty }) }
    }
    return values
  }
}
